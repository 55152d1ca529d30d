"""Which vocabularies take layers of labels, and in which sections of a locale their words stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TARGETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "coar-resource-types": ("resource_types",),
        "coar-version-types": ("versions",),
        # A label of somebody else's list is read as a whole value only: in running text "Restricted" may speak of anything.
        "coar-access-rights": ("access_status", "access_rights"),
        "peer-review": ("peer_review",),
    }
)
"""The first section takes the labels of layers; against the words of all of them a label is checked for clashes."""
