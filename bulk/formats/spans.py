"""The lines of one record while they are collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulk.lines import Line
    from bulk.records import EngineFormat

_HEAD = 1 << 10


@dataclass(slots=True)
class Span:
    """Collects lines until they are a record. Only the head is kept of one that is too long."""

    file: str
    format: EngineFormat
    limit: int = LIMIT
    lines: list[bytes] = field(default_factory=list)
    first: int = 0
    length: int = 0

    def add(self, line: Line) -> None:
        """Add a line. Blank ones before the first do not count."""
        if not self.lines:
            if not line.raw.strip():
                return
            self.first = line.number
        self.length += line.length + 1
        self.lines.append(line.raw)
        if self.length > self.limit:
            self.lines = [b"\n".join(self.lines)[:_HEAD]]

    def take(self) -> Item | Reject | None:
        """Give what was collected, and begin anew; nothing where there were no lines."""
        if not self.lines:
            return None
        place, raw, length = Place(self.file, self.first), b"\n".join(self.lines), self.length
        self.lines, self.length = [], 0
        if length > self.limit:
            return Reject(place, "Record too long", f"the record has {length:,} bytes", "", raw, length)
        return Item(place, raw, self.format)

    def close(self) -> Iterator[Item | Reject]:
        """Yield what was collected, if anything was."""
        if (found := self.take()) is not None:
            yield found

    def reject(self, title: str, detail: str) -> Iterator[Reject]:
        """Turn away what was collected, if anything was."""
        if (found := self.take()) is not None:
            yield found if isinstance(found, Reject) else Reject(found.place, title, detail, "", found.raw, len(found.raw))
