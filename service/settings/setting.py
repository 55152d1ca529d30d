"""How one setting is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """How one field is read, in which unit, and why its default is what it is. What is secret is not quoted in a fault."""

    parse: Callable[[str], Any]
    unit: str
    reason: str
    secret: bool = False
