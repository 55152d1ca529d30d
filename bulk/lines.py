"""Lines of a stream of blocks, numbered, each of bounded length."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIMIT = 64 << 20
"""Bytes of the longest line that is kept: records of 5 MB exist, and a file without any line end must not fill the memory."""

_HEAD = 1 << 10
"""Bytes that are kept of a line that is too long, to recognize it by."""


class Line(Struct, frozen=True, gc=False):
    """A line without its end; ``length`` is what it had, and more than ``raw`` has where it was too long to keep."""

    number: int
    raw: bytes
    length: int

    @property
    def is_cut(self) -> bool:
        """Tell whether only the head of the line is here."""
        return self.length > len(self.raw)


def read_lines(blocks: Iterable[bytes], *, limit: int = LIMIT) -> Iterator[list[Line]]:
    """Yield the lines that each block completes, so that whoever waits for an answer need not wait for the next block.

    A byte order mark at the start is dropped. A last line without an end counts.
    """
    number = 0
    rest = _Rest(limit)
    for block in blocks:
        first, *others = block.split(b"\n")
        rest.add(first)
        if not others:
            continue
        *whole, last = others
        lines = [rest.take(number + 1), *(_line(at, raw, limit) for at, raw in enumerate(whole, number + 2))]
        rest.add(last)
        number += len(lines)
        yield lines
    if rest.length:
        yield [rest.take(number + 1)]


@dataclass(slots=True)
class _Rest:
    """The line that has not ended yet, in the pieces it came in."""

    limit: int
    pieces: list[bytes] = field(default_factory=list)
    length: int = 0

    def add(self, piece: bytes) -> None:
        self.length += len(piece)
        self.pieces.append(piece)
        if self.length > self.limit:
            self.pieces = [b"".join(self.pieces)[:_HEAD]]

    def take(self, number: int) -> Line:
        line = Line(number, b"".join(self.pieces), self.length)
        self.pieces.clear()
        self.length = 0
        return _unmarked(line) if number == 1 else line


def _line(number: int, raw: bytes, limit: int) -> Line:
    return Line(number, raw if len(raw) <= limit else raw[:_HEAD], len(raw))


def _unmarked(line: Line) -> Line:
    mark = b"\xef\xbb\xbf"
    return Line(line.number, line.raw[3:], line.length - 3) if line.raw.startswith(mark) else line


def with_line_feeds(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the blocks of a text with line feeds also where it ends its lines by returns alone, as old Macs did."""
    stream = iter(blocks)
    first = next(stream, b"")
    alone = b"\r" in first and b"\n" not in first
    for block in chain((first,), stream):
        yield block.replace(b"\r", b"\n") if alone else block
