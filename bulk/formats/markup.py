"""XML: responses of OAI-PMH and dumps of them, collections, single records; cut into records before any of it is parsed.

The input is cut by the tags of its records and of what holds them, so that a fault within a record costs only that record. Each
record goes on its way within the opening tags that it stood in, which declare its prefixes. Where a record has no end, the next one
starts at the next tag that is like its own.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bulk.formats.markup_tags import Kind, Token, next_token
from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject
from normalizers import BESIDE_RECORDS, CONTAINERS, encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCHEMAS = ("xml", "datacite", "dim", "edm", "etdms", "jpcoar", "lido", "marcxml", "mods", "oai_dc", "oaire", "xoai")
"""The engine's names for XML: whatever it is, and each schema that has a table."""

_HEAD = 1 << 10
_PATIENCE = 1 << 20
"""Bytes of a token without an end, after which it is looked at again only when it has doubled."""

_WIDE = ("utf-16", "utf-32")
_ERROR = "error"
_NAMESPACE = b"xmlns"
_ENDLESS = "it has no end"
_PAGE = "html"
_BLANK = re.compile(rb"\s*+")
_PAGE_TYPE = re.compile(rb"<!DOCTYPE\s+html[\s>]", re.IGNORECASE)


def read_markup(file: str, blocks: Iterable[bytes], schema: str = "xml") -> Iterator[Item | Reject]:
    """Take every record of the input; several documents may follow each other.

    Args:
        file: What the input is called.
        blocks: Its content.
        schema: The engine's name for the format of the records; "xml" leaves it to the engine to recognize it.
    """
    scan = _Scan(file, schema)
    for block in _by_bytes(blocks):
        yield from scan.feed(block)
    yield from scan.end()


def _by_bytes(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give an input in which every character of a tag is one byte: what is in UTF-16 or UTF-32 is turned into UTF-8."""
    stream = iter(blocks)
    first = next(stream, b"")
    while 0 < len(first) < len(_PAGE) and (more := next(stream, b"")):
        first += more
    encoding, mark = encoding_of(first)
    if not encoding.startswith(_WIDE):
        yield from chain((first[mark:],), stream)
        return
    decoder = getincrementaldecoder(encoding)("replace")
    yield from (decoder.decode(block).encode() for block in chain((first[mark:],), stream))


@dataclass(slots=True)
class _Scan:
    """How far an input is read. ``kept`` is what is not yet given away, of which ``seen`` bytes are looked at.

    ``held`` are the tags of what holds the records. ``name`` is that of the record that is open, ``usual`` that of the last whole one,
    ``depth`` how often it is open in itself; ``skips`` tells that it is no record, but stands beside them. ``is_flat`` tells that a record
    without its end was met in what holds them: from there on none is taken for a part of another, so that each byte is looked at twice
    at most. ``refusal`` is of the rest of the input, where none of it is read.
    """

    file: str
    schema: str
    limit: int = LIMIT
    kept: bytearray = field(default_factory=bytearray)
    seen: int = 0
    again: int = 0
    line: int = 1
    held: list[tuple[bytes, bytes]] = field(default_factory=list)
    encoding: bytes = b""
    name: bytes = b""
    usual: bytes = b""
    depth: int = 0
    skips: bool = False
    is_flat: bool = False
    dropped: int = 0
    count: int = 0
    refusal: Reject | None = None

    def feed(self, block: bytes) -> Iterator[Item | Reject]:
        self.kept += block
        if len(self.kept) < self.again:
            return
        while not self._is_over() and isinstance(token := next_token(self.kept, self.seen, self._within()), Token):
            self.seen = token.end
            yield from self._inside(token) if self.name else self._outside(token)
        if self._is_over():
            self.seen = len(self.kept)
            self._bound()
        else:
            self.seen = max(self.seen, token) if isinstance(token, int) else self.seen
            yield from self._between(self.seen) if not self.name else ()
            waiting = len(self.kept) - self.seen
            self.again = len(self.kept) + waiting if waiting > _PATIENCE else 0
            if len(self.kept) > self.limit and (start := self._next_start(self.seen)):
                yield from self._broken(start, _ENDLESS)
                yield from self.feed(b"")
            self._bound()

    def end(self) -> Iterator[Item | Reject]:
        """Say what is left at the end: a record without its end, or a document without its own."""
        self.again = 0
        yield from self.feed(b"")
        while not self._is_over() and (start := self._next_start(len(self.kept))):
            yield from self._broken(start, _ENDLESS)
            yield from self.feed(b"")
        if self.refusal:
            raw = bytes(self.kept[:_HEAD] if self.dropped else self.kept)
            yield replace(self.refusal, raw=raw, length=self.dropped + len(self.kept))
            return
        if self.name and not self.skips:
            yield from self._broken(len(self.kept), "the input ends within the record")
        elif not self.name:
            yield from self._between(len(self.kept))
        if self.held:
            yield self._unclosed()

    def _within(self) -> tuple[bytes, ...]:
        usual = (self.usual,) if self.is_flat and self.usual else ()
        return (self.name, *usual, *(name for name, _ in self.held[-1:])) if self.name else ()

    def _holds(self, name: bytes) -> bool:
        return name != self.name and any(name == held for held, _ in self.held[-1:])

    def _inside(self, token: Token) -> Iterator[Item | Reject]:
        """Go on in a record; the end of what holds it, or the start of another document, ends it too."""
        if token.kind is Kind.DECLARATION or (token.kind is Kind.CLOSE and self._holds(token.name)):
            if start := self._next_start(token.start):
                yield from self._broken(start, _ENDLESS)
                return
            if self.skips:
                self._cut(token.start)
                self.name = b""
            else:
                yield from self._broken(token.start, _ENDLESS)
            yield from self._outside(Token(token.kind, 0, token.end - token.start, token.name))
        elif self.is_flat and token.kind in {Kind.OPEN, Kind.EMPTY} and self._is_like_own(token.start):
            yield from self._broken(token.start, _ENDLESS)
        elif token.name == self.name and token.kind in {Kind.OPEN, Kind.CLOSE}:
            self.depth += 1 if token.kind is Kind.OPEN else -1
            if self.depth == 0:
                yield from self._give(token.end)

    def _outside(self, token: Token) -> Iterator[Item | Reject]:
        """Enter what holds records, leave it, or start a record."""
        yield from self._between(token.start)
        token = Token(token.kind, 0, token.end - token.start, token.name)
        if token.kind in {Kind.OPEN, Kind.EMPTY}:
            yield from self._open(token)
            return
        if token.kind is Kind.DOCTYPE and self.kept[token.end - 1] == ord("["):
            self._refuse("Unsafe XML", "a document type that declares entities or elements is not read")
            return
        if token.kind is Kind.DOCTYPE and not self.held and _PAGE_TYPE.match(self.kept):
            self._refuse_page()
            return
        if token.kind is Kind.CLOSE and self.held:
            self.held.pop()
            self.is_flat = False
        elif token.kind is Kind.DECLARATION:
            self.is_flat = False
            if self.held:
                yield self._unclosed()
                self.held.clear()
            self.encoding = bytes(self.kept[: token.end])
        self._cut(token.end)

    def _open(self, token: Token) -> Iterator[Item | Reject]:
        local = token.local
        if local in CONTAINERS:
            if token.kind is Kind.OPEN:
                self.held.append((token.name, bytes(self.kept[: token.end]).replace(b"\n", b" ")))
            self._cut(token.end)
            return
        if not self.held and local.lower() == _PAGE:
            self._refuse_page()
            return
        self.name, self.depth, self.skips = token.name, 1, bool(self.held) and local in BESIDE_RECORDS
        self.seen = token.end
        if token.kind is Kind.EMPTY:
            yield from self._give(token.end)

    def _give(self, end: int) -> Iterator[Item | Reject]:
        """Give away the record that ends here, with the tags that it stood in."""
        raw = bytes(self.kept[:end])
        place, length, is_error = self._place(), self.dropped + end, self._is_error()
        if self.skips:
            pass
        elif self.dropped:
            yield Reject(place, "Record too long", f"the record has {length:,} bytes", "", raw[:_HEAD], length)
        elif is_error:
            yield Reject(place, "Error of the server", raw.decode("utf-8", "replace"), "", raw, length)
        else:
            self.count += 1
            self.usual = self.name
            yield Item(place, self._wrapped(raw), self.schema)
        self.name = b""
        self._cut(end)

    def _is_error(self) -> bool:
        return bool(self.held) and self.name.rpartition(b":")[2] == _ERROR.encode()

    def _wrapped(self, raw: bytes) -> bytes:
        before = b"".join(tag for _, tag in self.held)
        after = b"".join(b"</" + name + b">" for name, _ in reversed(self.held))
        return self.encoding.replace(b"\n", b" ") + before + raw + after

    def _broken(self, end: int, why: str) -> Iterator[Reject]:
        raw, length = bytes(self.kept[:end]), self.dropped + end
        yield Reject(self._place(), "Unclosed record", f"{why} (</{self.name.decode('utf-8', 'replace')}>)", "", raw[:_HEAD], length)
        self._cut(end)
        self.name, self.is_flat, self.seen = b"", True, 0

    def _next_start(self, end: int) -> int | None:
        """Tell where, within the record that is open, the next one starts: at a tag like its own."""
        if not self.name or self.skips or self.dropped:
            return None
        opening = re.compile(rb"<(?:" + b"|".join(map(re.escape, {self.name, self.usual or self.name})) + rb")(?=[\s/>])")
        return next((found.start() for found in opening.finditer(self.kept, 1, end) if self._is_like_own(found.start())), None)

    def _is_like_own(self, start: int) -> bool:
        """Tell whether a tag declares namespaces where that of the open record does, and only there: a record within it has its own."""
        own, other = (self.kept[place : self.kept.find(b">", place)] for place in (0, start))
        return (_NAMESPACE in own) == (_NAMESPACE in other)

    def _refuse_page(self) -> None:
        self._refuse("Unknown format", "it is a page of HTML, not a record")

    def _refuse(self, title: str, detail: str) -> None:
        """Turn away all of the input from here on, once it is known as a whole."""
        self.refusal = Reject(self._place(), title, detail)

    def _is_over(self) -> bool:
        return self.refusal is not None

    def _unclosed(self) -> Reject:
        name = self.held[0][0].decode("utf-8", "replace")
        return Reject(self._place(), "Unclosed document", f"the input ends within <{name}>, after {self.count:,} records")

    def _between(self, end: int) -> Iterator[Reject]:
        """Turn away text that stands outside of all records."""
        text = bytes(self.kept[:end]).strip(b"\xef\xbb\xbf\0 \t\r\n")
        if text:
            yield Reject(self._place(), "Text between records", "it belongs to no record", "", text[:_HEAD], len(text))
        self._cut(end)

    def _place(self) -> Place:
        blank = _BLANK.match(self.kept)
        return Place(self.file, self.line + self.kept.count(b"\n", 0, blank.end() if blank else 0))

    def _cut(self, end: int) -> None:
        self.line += self.kept.count(b"\n", 0, end)
        del self.kept[:end]
        self.seen = max(0, self.seen - end)
        self.dropped = 0

    def _bound(self) -> None:
        """Forget a record that is too long, except for its head, and go on looking for its end."""
        excess = self.seen - _HEAD
        if len(self.kept) > self.limit and excess > 0:
            self.line += self.kept.count(b"\n", _HEAD, self.seen)
            del self.kept[_HEAD : self.seen]
            self.seen = _HEAD
            self.dropped += excess
