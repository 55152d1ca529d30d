"""Objects of clean records, which hold what is known and leave out the rest."""

from __future__ import annotations

from typing import Any


def known(**members: Any) -> dict[str, Any]:
    """Make an object of the members that say something; false and zero do, null and what is empty do not."""
    return {name: value for name, value in members.items() if value or (value is not None and value not in ("", [], {}))}
