"""Stretches of a text that are taken already, and the question whether another one touches them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Spans:
    """A set of stretches, joined where they overlap, so that a look-up takes logarithmic time. Immutable."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        """Tell whether there is any stretch."""
        return bool(self._starts)

    def touch(self, start: int, end: int) -> bool:
        """Tell whether a stretch shares a character with any of these."""
        position = bisect_right(self._starts, start) - 1
        if position >= 0 and self._ends[position] > start:
            return True
        return position + 1 < len(self._starts) and self._starts[position + 1] < end
