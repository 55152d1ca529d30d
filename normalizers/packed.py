"""How large tables are kept: rows as bytes that are made when they are asked for, for most never are; and many texts as a few."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

MOST_MET = 16_384
"""Rows of one table that are held as they were made, some three hundred bytes each."""

_LINES = 4_096
"""Texts that are kept as one. One letter of a rare script makes each letter of a text take four bytes while it is parted."""

Row = TypeVar("Row")


class PackedRows(dict[int, Row], ABC):
    """Gives a row by its number. Those met last are held, and no more than ``MOST_MET``. Safe to share between threads."""

    @abstractmethod
    def make(self, number: int) -> Row:
        """Make a row of what is kept of it."""

    def __missing__(self, number: int) -> Row:
        if len(self) >= MOST_MET:
            self.clear()
        self[number] = made = self.make(number)
        return made


def join_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Put texts without line breaks together, some thousands in one; the texts of a snapshot are read one by one otherwise."""
    lines = list(texts)
    return tuple("\n".join(lines[start : start + _LINES]) for start in range(0, len(lines), _LINES))


def split_lines(joined: Iterable[str]) -> Iterator[str]:
    """Give the texts that ``join_lines`` put together."""
    return chain.from_iterable(lines.split("\n") for lines in joined)
