"""Which of several licences binds the user most, where that can be said."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.results import Permissions
from normalizers.rights.model import Reading
from normalizers.rights.tools import permissions_of


def strictest_of(readings: Sequence[Reading]) -> Reading | None:
    """Give the reading that binds in every respect at least as much as each other one, or none where two cannot be compared.

    Licences that are not Creative Commons', and versions of the same licence, cannot be compared.
    """
    if len(readings) < 2 or any(reading.other or reading.issues for reading in readings):  # noqa: PLR2004 - nothing to compare
        return None
    for reading in readings:
        others = [other for other in readings if other is not reading]
        if all(other.unit != reading.unit and _binds_as_much(reading, other) for other in others):
            return reading
    return None


def _binds_as_much(reading: Reading, other: Reading) -> bool:
    return all(own >= theirs for own, theirs in zip(_burdens(reading), _burdens(other), strict=True))


def _burdens(reading: Reading) -> tuple[bool, bool, int]:
    return burdens_of(permissions_of(reading.unit))


def burdens_of(permissions: Permissions) -> tuple[bool, bool, int]:
    """Weigh what a licence asks: credit, no commerce, and for adaptations nothing, the same licence, or that there be none."""
    adaptations = 2 if not permissions.derivatives else 1 if permissions.share_alike else 0
    return bool(permissions.attribution), not permissions.commercial_use, adaptations
