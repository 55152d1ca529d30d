"""JSON: one object, or a list of objects of any length, read one by one; the list may lie within an object."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from bulk.formats.envelopes import find_list
from bulk.formats.json_ld import may_have_graph, split_graph
from bulk.formats.whole import read_whole
from bulk.json_text import JSONFaultError, parse_json
from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = 1 << 10
_ENOUGH = 1 << 20
_MARK = b"\xef\xbb\xbf"
_MAY_CARRY = re.compile(rb'"(?:items|data|results?|docs|hits?|records)"\s*:\s*\[')
_GOES_ON = re.compile(rb"\s*+(?:,\s*+)?(?=\{)")
"""What follows no list in JSON, but for one that was ended by a bracket too many."""

_LEAVES, _MAY_LEAVE = re.compile(rb"\s*(?:\}|,\s*\")"), re.compile(rb"\s*+(?:,\s*+)?")
"""What follows a list within an object."""

_OUTSIDE = re.compile(rb'["\[\]{},\n]')
_INSIDE = re.compile(rb'(?<=\n)[ \t\r]*(?P<first>["{}\[\]])|["\\\n]')
"""In a string the marks at the start of a line count too: no string goes over the end of a line, so one lacks its quote before them."""


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
    scan = _Scan(file, line=1 + head.count(b"\n", 0, start), around=_levels(head[:start]))
    return _members(scan, chain((head[start:],), stream))


def split_object(file: str, line: int, raw: bytes) -> Iterator[Item | Reject]:
    """Take one object as a record, or as the records of the list that it carries."""
    start = find_list(raw) if _MAY_CARRY.search(raw, 0, _ENOUGH) else None
    if start is None:
        item = Item(Place(file, line), raw, "json")
        yield from split_graph(item) if may_have_graph(raw) else (item,)
    else:
        scan = _Scan(file, line=line + raw.count(b"\n", 0, start), around=_levels(raw[:start]))
        yield from _members(scan, (raw[start:],))


def _levels(before: bytes) -> int:
    """Tell in how many objects and lists a place lies, given what is before it."""
    scan = _Scan("", is_left=True)
    scan.follow(before)
    return scan.depth


def _members(scan: _Scan, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    for block in blocks:
        yield from scan.feed(block)
    yield from scan.end()


@dataclass(slots=True)
class _Scan:
    """How far a list is read. ``kept`` holds what is not yet given away, of which ``seen`` bytes are looked at.

    ``lead`` is how the lines begin on which its members start, unless others begin so too. Where brackets do not agree, the next such line
    starts a member, and so does each from there on: that is what ``is_flat`` tells. ``around`` tells in how many objects the list lies, and
    ``is_left`` that what comes now belongs to those: nothing of it is kept, but its brackets must agree.
    """

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
    lead: bytes = b""
    has_lead: bool = True
    is_flat: bool = False
    is_over: bool = False
    is_left: bool = False
    around: int = 0

    def feed(self, block: bytes) -> Iterator[Item | Reject]:
        self.kept += block
        yield from self._go_on()
        while not self.is_over and (found := self._next_mark()):
            yield from self._take(found)
            yield from self._go_on()
        if self.is_left:
            self.follow(b"")
            return
        self.seen = self._looked_at()
        if len(self.kept) > self.limit and (start := self._next_start()):
            yield from self._break(start)
            yield from self.feed(b"")
        self._bound()

    def follow(self, block: bytes) -> None:
        """Take what belongs to no record, and keep nothing of it."""
        self.kept += block
        while found := self._next_mark():
            if found == b'"':
                self.in_string = not self.in_string
            elif found == b"\\":
                self.seen += 1
            elif found != b"\n":
                self.depth += (found in b"[{") - (found in b"]}")
        self.seen = max(0, self.seen - len(self.kept))
        self.kept.clear()

    def _next_mark(self) -> bytes:
        """Give the next mark that counts where it stands; nothing where there is none yet."""
        found = (_INSIDE if self.in_string else _OUTSIDE).search(self.kept, self.seen)
        if found is None:
            return b""
        self.seen = found.end()
        self.in_string = self.in_string and found.lastgroup is None
        return found.group()[-1:]

    def _looked_at(self) -> int:
        """Tell how far all is looked at: in a string the start of a line waits for its first mark."""
        waits = self.in_string and self.kept.endswith(b"\n", 0, self.seen) and not self.kept[self.seen :].strip()
        # A backslash that is the last byte so far has looked one byte ahead.
        return self.seen if waits else max(self.seen, len(self.kept))

    def end(self) -> Iterator[Item | Reject]:
        while self.depth > 0 and (start := self._next_start()):
            yield from self._break(start)
            yield from self.feed(b"")
        if self.is_left:
            yield from self._left()
        elif self.depth > 0:
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
            yield from self._enter()
        elif token in b"]}":
            self.depth -= 1
            if self.depth == 0:
                self.is_over = True
                yield from self._give(self.seen - 1, last=True)
        elif self.depth == 1:
            yield from self._give(self.seen - 1, last=False)

    def _enter(self) -> Iterator[Item | Reject]:
        if self.is_flat and self.lead and self.depth > 1 and self.kept.endswith(self.lead, 0, self.seen):
            yield from self._break(self.seen - len(self.lead))
            return
        if self.depth == 1 and self.has_lead and not self.lead:
            self.lead = self._line_before()
        self.depth += 1
        if self.depth == 1:
            self._cut(self.seen)

    def _line_before(self) -> bytes:
        """Give the line up to here, with the break before it; nothing where anything but space is on it."""
        start = self.kept.rfind(b"\n", 0, self.seen)
        line = bytes(self.kept[start : self.seen]) if start >= 0 else b""
        return line if not line[:-1].strip() else b""

    def _next_start(self) -> int | None:
        """Tell where, within what is open, the next line is that a member starts on."""
        start = self.kept.find(self.lead, self._first()) if self.lead and not self.dropped else -1
        return start if start > 0 else None

    def _first(self) -> int:
        """Tell where a line within what is open may start: behind the one on which it starts itself."""
        return 1 + len(self.kept) - len(self.kept.lstrip(b", \t\r\n")) if self.kept.startswith((b"\n", b"\r\n")) else 1

    def _holds_another(self, end: int) -> bool:
        """Tell whether what ends here holds the start of another member; where it is sound, lines begin so within members too."""
        start = self.kept.find(self.lead, self._first(), end) if self.lead and not self.is_flat and not self.dropped else -1
        if start < 0:
            return False
        try:
            parse_json(bytes(self.kept[:end]))
        except JSONFaultError:
            return True
        self.lead, self.has_lead = b"", False
        return False

    def _go_on(self) -> Iterator[Item | Reject]:
        """Look whether the list goes on behind the bracket that seemed to end it: one too many stood before it, then."""
        if not self.is_over or self.is_left:
            return
        if self.around and _LEAVES.match(self.kept):
            self.is_left, self.seen = True, 0
        elif not self.around or not _MAY_LEAVE.fullmatch(self.kept):
            goes_on = None if self.lead else _GOES_ON.match(self.kept)
            start = goes_on.end() if goes_on else self._next_start()
            if start is not None:
                yield from self._break(start)

    def _left(self) -> Iterator[Reject]:
        if self.depth + self.around:
            detail = f"the brackets behind it do not agree with those around it: it may have ended too early, after {self.count:,} records"
            yield Reject(Place(self.file, self.line), "Text after the list", detail)

    def _break(self, start: int) -> Iterator[Item | Reject]:
        """Give away the member that is open as it is, and go on with the one that starts here."""
        self.line += self.kept.count(b"\n", self.seen, start) - self.kept.count(b"\n", start, self.seen)
        self.seen = start
        self.is_flat = True
        if self.kept[:start].strip(b", \t\r\n"):
            yield from self._give(start, last=False)
        self._cut(self.seen)
        self.depth, self.in_string, self.is_over, self.seen = 1, False, False, 0

    def _give(self, end: int, *, last: bool) -> Iterator[Item | Reject]:
        """Give away the member that ends here; after the last comma there may be none."""
        if self._holds_another(end) and (start := self._next_start()):
            yield from self._break(start)
            return
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
