"""What the ways of reading hand to each other: spans of a text, and the tags they stand for."""

from __future__ import annotations

from msgspec import Struct

from normalizers.results import Issue, Method


class Reading(Struct, frozen=True):
    """A stretch of a text that stands for a language: one tag where it is settled, several where it is not.

    ``meanings`` are all the tags that its name has anywhere, from which other values of the same text may choose.
    """

    start: int
    end: int
    tags: tuple[str, ...]
    method: Method
    rule: str
    locale: str | None = None
    issues: tuple[Issue, ...] = ()
    meanings: frozenset[str] = frozenset()
    reason: str | None = None

    @property
    def settled(self) -> str | None:
        """The one tag, where there is just one."""
        return self.tags[0] if len(self.tags) == 1 else None


class Part(Struct, frozen=True):
    """A part of a text and what it stands for, in order; ``doubtful`` readings come from a part that was not understood as a whole."""

    start: int
    end: int
    readings: tuple[Reading, ...] = ()
    doubtful: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()
