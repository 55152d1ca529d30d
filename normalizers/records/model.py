"""A record as it came in: named values in their order, each with its place, none interpreted yet.

Every format is read into this one shape. Values that belong together (a person and the affiliation, a journal and its volume)
are one field with parts, so that formats with elements inside elements keep what they say. Fields and places are tuples with names,
for a record makes dozens of them, which are taken apart and put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

from normalizers.results import Issue

LONGEST_KEPT = 200
"""Characters of the longest pointer whose place is kept."""


class Place(NamedTuple):
    """Where something stands in the input: a JSON pointer into it, or its first and last line, counted from 1.

    Both is a pointer into the JSON that begins on that line. ``heading_line`` is the line of the heading, for an item of a list below one.
    """

    pointer: str | None = None
    line: int | None = None
    last_line: int | None = None
    heading_line: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the members that are known."""
        if self.line is None:
            return {"pointer": self.pointer or ""}
        known: dict[str, Any] = {"line": self.line} if self.pointer is None else {"pointer": self.pointer, "line": self.line}
        if self.last_line not in {None, self.line}:
            known["last_line"] = self.last_line
        if self.heading_line is not None:
            known["heading_line"] = self.heading_line
        return known


NOWHERE = Place()
"""The place of what came from no input."""


class RawField(NamedTuple):
    """One value under the name it was given.

    ``key`` is the field that the name stands for, as the section ``fields`` of the locales names it; null where the name is not
    known, or names several fields (``candidates``). ``value`` is null where the input says null, or where only the parts hold
    anything. ``rule`` tells how the key was found ("en:fields.abstract", "shape:title_line"); ``reason`` tells why there is none.
    """

    name: str
    key: str | None
    value: str | None
    place: Place
    rule: str = ""
    reason: str = ""
    candidates: tuple[str, ...] = ()
    parts: tuple[RawField, ...] = ()

    def leaves(self) -> Iterator[RawField]:
        """Yield the field itself and every part of it, the parts of parts too."""
        yield self
        for part in self.parts:
            yield from part.leaves()

    def part(self, *keys: str) -> RawField | None:
        """Give the first part with one of the keys and a value, if there is one."""
        return next((part for part in self.parts if part.key in keys and part.value), None)


make_field: Callable[[tuple[Any, ...]], RawField] = partial(tuple.__new__, RawField)
"""Makes a field of all its members, in half the time that its class takes: for readers that make most fields there are."""


@lru_cache(maxsize=16_384)
def _kept_place(pointer: str) -> Place:
    return Place(pointer)


def place_at(pointer: str) -> Place:
    """Give the place of a pointer; those that records of one kind share are made once."""
    return _kept_place(pointer) if len(pointer) <= LONGEST_KEPT else Place(pointer)


class Remark(Struct, frozen=True):
    """A remark on the input itself: what was odd, and where."""

    issue: Issue
    place: Place


_parts_of = attrgetter("parts")


class Record(Struct, frozen=True):
    """A record of one format. ``votes`` counts, by locale, the names of fields that belong to it."""

    format: str
    fields: tuple[RawField, ...]
    remarks: tuple[Remark, ...] = ()
    votes: Mapping[str, int] | None = None

    def leaves(self) -> Sequence[RawField]:
        """Give every field and every part of one, in the order of the record."""
        if any(map(_parts_of, self.fields)):
            return [leaf for field in self.fields for leaf in field.leaves()]
        return self.fields


class RecordReader(Protocol):
    """Reads records of one format. Raises RecordSyntaxError where the input is not of that format at all."""

    @property
    def format(self) -> str:
        """Name of the format, as callers say it."""
        ...

    def parse(self, source: Any) -> Record:
        """Read one record."""
        ...
