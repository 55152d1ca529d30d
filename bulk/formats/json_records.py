"""JSON: one object, or a list of objects of any length, read one by one; the list may lie within an object."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from bulk.formats.envelopes import find_list
from bulk.formats.json_ld import may_have_graph, split_graph
from bulk.formats.whole import read_whole
from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = 1 << 10
_ENOUGH = 1 << 20
_MARK = b"\xef\xbb\xbf"
_MAY_CARRY = re.compile(rb'"(?:items|data|results?|docs|hits?|records)"\s*:\s*\[')
_OUTSIDE = re.compile(rb'["\[\]{},\n]')
_INSIDE = re.compile(rb'["\\\n]')


def read_json(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take the members of a list as records, or those of the list that an answer of a program carries; else the whole input as one.

    The list is split by its brackets and strings alone, so that a fault within a record costs only that record.
    """
    stream = iter(blocks)
    head = b""
    for block in stream:
        head += block
        if len(head) > _ENOUGH or head.removeprefix(_MARK).lstrip().startswith(b"["):
            break
    whole = chain((head,), stream)
    if head.removeprefix(_MARK).lstrip().startswith(b"["):
        return _members(_Scan(file), whole)
    start = find_list(head)
    if start is None:
        records = read_whole(file, whole, "json")
        return (part for record in records for part in split_graph(record)) if may_have_graph(head) else records
    scan = _Scan(file, line=1 + head.count(b"\n", 0, start), ends_within=True)
    return _members(scan, chain((head[start:],), stream))


def split_object(file: str, line: int, raw: bytes) -> Iterator[Item | Reject]:
    """Take one object as a record, or as the records of the list that it carries."""
    start = find_list(raw) if _MAY_CARRY.search(raw, 0, _ENOUGH) else None
    if start is None:
        item = Item(Place(file, line), raw, "json")
        yield from split_graph(item) if may_have_graph(raw) else (item,)
    else:
        yield from _members(_Scan(file, line=line + raw.count(b"\n", 0, start), ends_within=True), (raw[start:],))


def _members(scan: _Scan, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    for block in blocks:
        yield from scan.feed(block)
    yield from scan.end()


@dataclass(slots=True)
class _Scan:
    """How far a list is read. ``kept`` holds what is not yet given away, of which ``seen`` bytes are looked at."""

    file: str
    limit: int = LIMIT
    kept: bytearray = field(default_factory=bytearray)
    seen: int = 0
    depth: int = 0
    in_string: bool = False
    line: int = 1
    starts: int = 1
    dropped: int = 0
    count: int = 0
    is_over: bool = False
    ends_within: bool = False

    def feed(self, block: bytes) -> Iterator[Item | Reject]:
        self.kept += block
        while not self.is_over and (found := (_INSIDE if self.in_string else _OUTSIDE).search(self.kept, self.seen)):
            self.seen = found.end()
            yield from self._take(found.group())
        if self.is_over and self.ends_within:
            # What follows belongs to the object around the list, not to a record.
            self.kept.clear()
        self.seen = max(self.seen, len(self.kept)) if self.kept else 0
        self._bound()

    def end(self) -> Iterator[Item | Reject]:
        if self.is_over and self.ends_within:
            return
        if self.depth > 0:
            yield from self._give(len(self.kept), last=True)
            yield Reject(Place(self.file, self.line), "Unclosed list", f"the input ends within its list, after {self.count:,} records")
        elif rest := bytes(self.kept).strip():
            yield Reject(
                Place(self.file, self.line),
                "Text after the list",
                "a list of records must be all of its input",
                "",
                rest[:_HEAD],
                len(rest),
            )

    def _take(self, token: bytes) -> Iterator[Item | Reject]:
        """Act on one token; the order of the tests is that of their frequency."""
        if token == b'"':
            self.in_string = not self.in_string
        elif token == b"\\":
            self.seen += 1
        elif token == b"\n":
            self.line += 1
        elif token in b"[{":
            self.depth += 1
            if self.depth == 1:
                self._cut(self.seen)
        elif token in b"]}":
            self.depth -= 1
            if self.depth == 0:
                yield from self._give(self.seen - 1, last=True)
                self.is_over = True
        elif self.depth == 1:
            yield from self._give(self.seen - 1, last=False)

    def _give(self, end: int, *, last: bool) -> Iterator[Item | Reject]:
        """Give away the member that ends here; after the last comma there may be none."""
        raw = bytes(self.kept[:end])
        place = Place(self.file, self.starts + _lines_before(raw))
        length = self.dropped + len(raw)
        self._cut(min(self.seen, len(self.kept)))
        if length > len(raw):
            yield Reject(place, "Record too long", f"the record has {length:,} bytes", "", raw[:_HEAD], length)
        elif raw.strip() or not last:
            self.count += 1
            yield Item(place, raw.strip(), "json")

    def _cut(self, end: int) -> None:
        del self.kept[:end]
        self.seen -= end
        self.starts = self.line
        self.dropped = 0

    def _bound(self) -> None:
        """Forget a record that is too long, except for its head, and go on looking for its end."""
        if len(self.kept) > self.limit:
            excess = len(self.kept) - _HEAD
            del self.kept[_HEAD:]
            self.seen -= excess
            self.dropped += excess


def _lines_before(raw: bytes) -> int:
    return raw[: len(raw) - len(raw.lstrip())].count(b"\n")
