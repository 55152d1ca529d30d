"""A record on its way in: where it stands, what it is made of, and why it was turned away.

They are structs, as the values of the library are: one of each is made of every record, and travels to a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from bulk.json_text import dump_line

EngineFormat = str
"""Name of a format, as the engine knows it (``Registry.record_formats``)."""


class Place(Struct, frozen=True, gc=False):
    """Where a record starts: the input as it was named, and the line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Item(Struct, frozen=True, gc=False):
    """One record as it lies in its input, and the format in which the engine is to read it."""

    place: Place
    raw: bytes
    format: EngineFormat


class Reject(Struct, frozen=True, gc=False):
    """A record, or what should have been one, that could not be read.

    ``length`` is its size in bytes; ``raw`` is less where it was too long to keep. ``pointer`` (RFC 6901) says where in the
    record the fault lies, where that is known.
    """

    place: Place
    title: str
    detail: str
    pointer: str = ""
    raw: bytes = b""
    length: int = 0

    def as_json(self) -> bytes:
        """Write the line of a file of rejects; bytes that are no UTF-8 stand there as U+FFFD."""
        content = {"file": self.place.file, "line": self.place.line, "title": self.title, "detail": self.detail}
        if self.pointer:
            content["pointer"] = self.pointer
        return dump_line(content | {"bytes": self.length, "record": self.raw.decode("utf-8", "replace")})

    def __str__(self) -> str:
        return f"{self.place}: {self.title}: {self.detail}{f' ({self.pointer})' if self.pointer else ''}"


Reader = Callable[[str, Iterable[bytes]], Iterator[Item | Reject]]
"""Splits the content of an input, given its name and its blocks, into records. It holds one record at a time."""


def reject(item: Item, title: str, detail: str, pointer: str = "") -> Reject:
    """Turn a record away."""
    return Reject(item.place, title, detail, pointer, item.raw, len(item.raw))
