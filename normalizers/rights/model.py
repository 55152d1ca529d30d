"""What the four ways of reading a rights text hand to the verdict."""

from __future__ import annotations

from msgspec import Struct

from normalizers.results import Evidence, Issue, Method

LATER = "or-later"
"""Stands for a port where a licence beside Creative Commons' is granted in this version or any later one."""


class Reading(Struct, frozen=True):
    """One licence as one place of the text states it.

    ``unit`` is a Creative Commons unit in canonical order (``by-nc-nd``, ``zero``, ``mark``) or, where ``other`` is true,
    the identifier of another licence. ``start`` is where the statement begins; ``scope`` says of what it speaks, where
    that is not the work itself.
    """

    unit: str
    method: Method
    evidence: tuple[Evidence, ...]
    version: str | None = None
    port: str | None = None
    other: bool = False
    scope: str | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def start(self) -> int:
        """Where in the text the statement begins."""
        return min([item.start for item in self.evidence], default=0)

    @property
    def elements(self) -> frozenset[str]:
        """The licence elements of a Creative Commons unit."""
        return frozenset(self.unit.split("-")) if not self.other else frozenset()
