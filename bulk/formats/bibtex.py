"""BibTeX: one record an entry, with the abbreviations it uses and the entries it refers to."""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bulk.formats.spans import Span
from bulk.lines import read_lines, with_line_feeds
from bulk.records import Item, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WINDOW = 8 << 20
"""Bytes between an entry and the one it refers to, before or behind it, within which the two are brought together."""

_START = re.compile(rb"\s*@\s*(?P<type>\w+)\s*[{(]\s*(?P<key>[^\s,={}()\"]*)")
_CROSSREF = re.compile(rb"\b(?:crossref|xdata)\s*=\s*[{\"]\s*([^\s,{}\"]+)", re.IGNORECASE)
_WORD = re.compile(rb"[^\s{}()\",=#@]+")
_MOST_PARENTS = 4
_BRACE = re.compile(rb"(?<!\\)[{}]")
_FIELD = re.compile(rb"^[ \t]*[\w-]+[ \t]*=[ \t]*[{\"\d]", re.MULTILINE)
_REMARKED = re.compile(rb"^[ \t]*%.*$", re.MULTILINE)


def read_bibtex(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take every entry as a record. An entry starts on a line of its own, so that a broken one costs none of the others.

    Text between entries and ``@comment`` are comments, and no records; but text that holds fields is what is left of an entry, and is
    turned away.
    """
    desk = _Desk()
    for block in _blocks(file, blocks):
        for found in _apart(block):
            yield from desk.take(found)
    yield from desk.finish()


def _apart(block: Item | Reject) -> Iterator[Item | Reject]:
    """Part an entry from the remains of another behind it."""
    end = _end_of(block.raw) if isinstance(block, Item) else None
    rest = b"" if end is None else block.raw[end:]
    if end is None or not _FIELD.search(_REMARKED.sub(b"", rest)):
        yield block
        return
    if end:
        yield replace(block, raw=block.raw[:end])
    before = block.raw[: len(block.raw) - len(rest.lstrip())]
    place = replace(block.place, line=block.place.line + before.count(b"\n"))
    yield Reject(place, "Text between entries", "it has fields, and no start of an entry", "", rest.strip(), len(rest.strip()))


def _end_of(raw: bytes) -> int | None:
    """Tell where the entry at the start of a block ends: at its start where there is none; None where that cannot be told."""
    opened = _START.match(raw)
    if opened is None:
        return 0
    if raw[opened.end("type") :].lstrip()[:1] != b"{":
        return None
    depth = 0
    for brace in _BRACE.finditer(raw, opened.end("type")):
        depth += 1 if brace.group() == b"{" else -1
        if depth <= 0:
            return brace.end()
    return None


def _blocks(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Cut an input where a line opens a block."""
    span = Span(file, "bibtex")
    for lines in read_lines(with_line_feeds(blocks)):
        for line in lines:
            if _START.match(line.raw):
                yield from span.close()
            span.add(line)
    yield from span.close()


@dataclass(slots=True)
class _Desk:
    """Holds back entries that refer to others which did not come yet. All of it is bounded by ``WINDOW``."""

    abbreviations: dict[bytes, bytes] = field(default_factory=dict)
    seen: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict)
    waiting: deque[Item | Reject] = field(default_factory=deque)
    seen_size: int = 0
    waiting_size: int = 0
    entries: int = 0
    outside: list[Item] = field(default_factory=list)

    def take(self, found: Item | Reject) -> Iterator[Item | Reject]:
        opened = _START.match(found.raw)
        kind = opened["type"].lower() if opened else b""
        if isinstance(found, Reject) or kind not in {b"", b"comment", b"preamble", b"string"}:
            self.entries += 1
            if opened and isinstance(found, Item):
                self._remember(opened["key"].lower(), found.raw)
            self.waiting.append(found)
            self.waiting_size += len(found.raw)
        elif kind == b"string" and opened:
            self.abbreviations[opened["key"].lower()] = found.raw
        elif not kind and not self.entries:
            self.outside = [found]
        while self.waiting and (self.waiting_size > WINDOW or not self._lacks(self.waiting[0])):
            yield self._first()

    def finish(self) -> Iterator[Item | Reject]:
        while self.waiting:
            yield self._first()
        for text in self.outside if not self.entries else ():
            yield Reject(text.place, "No entry", "the input holds no entry of BibTeX", "", text.raw[:1024], len(text.raw))

    def _first(self) -> Item | Reject:
        found = self.waiting.popleft()
        self.waiting_size -= len(found.raw)
        return replace(found, raw=self._complete(found.raw)) if isinstance(found, Item) else found

    def _remember(self, key: bytes, raw: bytes) -> None:
        self.seen_size += len(raw) - len(self.seen.pop(key, b""))
        self.seen[key] = raw
        while self.seen_size > WINDOW and len(self.seen) > 1:
            self.seen_size -= len(self.seen.popitem(last=False)[1])

    def _lacks(self, found: Item | Reject) -> bool:
        return isinstance(found, Item) and any(key.lower() not in self.seen for key in _CROSSREF.findall(found.raw))

    def _complete(self, raw: bytes) -> bytes:
        """Put what an entry uses beside it: the abbreviations before it, the entries it refers to behind it."""
        entries = [raw]
        for key in _CROSSREF.findall(raw)[:_MOST_PARENTS]:
            if (parent := self.seen.get(key.lower())) and parent not in entries:
                entries.append(parent)
        return b"\n".join((*self._used(b"\n".join(entries)), *entries))

    def _used(self, text: bytes) -> list[bytes]:
        if not self.abbreviations:
            return []
        used: dict[bytes, bytes] = {}
        words = {word.lower() for word in _WORD.findall(text)}
        while new := (words & self.abbreviations.keys()) - used.keys():
            for name in sorted(new):
                used[name] = self.abbreviations[name]
                words |= {word.lower() for word in _WORD.findall(used[name])}
        # In the order of the file: one may be made of those before it.
        return [definition for name, definition in self.abbreviations.items() if name in used]
