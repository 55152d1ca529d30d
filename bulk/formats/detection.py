"""Which format an input has, by what it starts with."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from bulk.formats.encoding import in_utf8
from bulk.formats.text_detection import Knows, knows_name, recognize_text
from bulk.json_text import JSONFaultError, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENOUGH = 1 << 20
"""Bytes after which the decision is made with what is there."""

_BLANK = "ndjson"
"""What is taken for the format of an input in which there is nothing to be seen."""

PARQUET = b"PAR1"

_MARC21 = re.compile(rb"\d{5}[\x20-\x7e]{7}\d{5}[\x20-\x7e]{7}(?:[0-9A-Za-z]{3}\d{9})+\x1e")
"""A leader, which is all digits in its first and third part, and a directory."""

_WIDE_TAGS = (b"<\0", b"\0<")
"""How XML in UTF-16 starts where no mark says so."""

_PAGE = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_WORK = re.compile(rb"<meta\b[^<>]{0,200}?[\"'](?:bepress_citation_|citation_|dc\.|dcterms\.|eprints\.|prism\.)", re.IGNORECASE)
_LINKED = re.compile(rb"<script\b[^<>]{0,200}?application/ld\+json", re.IGNORECASE)
"""A page of HTML, a tag in it that describes a work, and a script that may; scripts stand anywhere."""

_LINES = 20
"""Lines among which one whole record shows that there is one a line, even where the first is broken."""

_NULLS = 10
"""One null byte in so many is more than a stray one: UTF-16, or no text at all."""


def recognize(blocks: Iterator[bytes], encoding: str | None = None, knows: Knows = knows_name) -> tuple[str, Iterator[bytes]]:
    """Name the format of an input, and give its blocks back whole.

    No more is read than the decision takes, so that whoever writes into the other end of a pipe is answered at once.
    ``encoding`` is that of a text; None takes it for UTF-8, or for what a byte order mark says. ``knows`` tells whether a name
    stands for a field. Besides the formats that can be read, the answer may be ``binary``.
    """
    head = b""
    for block in blocks:
        head += block
        is_enough = len(head) > _ENOUGH
        found = _recognize(_readable(head, encoding), knows, complete=is_enough)
        if found or is_enough:
            # A megabyte of blanks: to look at it again with each block would take the square of its length.
            return found or _BLANK, chain((head,), blocks)
    return _recognize(_readable(head, encoding), knows, complete=True) or _BLANK, iter((head,))


def _readable(head: bytes, encoding: str | None) -> bytes:
    return b"".join(in_utf8((head,), encoding))


def _recognize(head: bytes, knows: Knows, *, complete: bool) -> str | None:
    """Name the format, or say None where what is there does not suffice; ``complete`` means that there is no more."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if marked := _recognize_marks(head, text):
        return marked
    opening = text[:1]
    if opening == b"<":
        return _page_or_xml(text, complete=complete)
    if opening == b"[":
        return _list_or_text(text[1:].lstrip(), knows, complete=complete)
    if opening == b"{":
        return _lines_or_object(text, complete=complete)
    return recognize_text(text, knows, complete=complete) if text else None


def _page_or_xml(text: bytes, *, complete: bool) -> str | None:
    """Tell a web page about a work, by its tags or its JSON-LD, from XML; any other page is no record, as the reader of XML says."""
    if not _PAGE.match(text):
        return "xml"
    if _WORK.search(text) or _LINKED.search(text):
        return "html"
    return "xml" if complete else None


def _recognize_marks(head: bytes, text: bytes) -> str | None:
    """Name a format that its first bytes mark, or that is no text."""
    if head.startswith(PARQUET):
        return "parquet"
    if _MARC21.match(text):
        return "marc21"
    if head.startswith(_WIDE_TAGS):
        return "xml"
    return "binary" if head.count(b"\0") > len(head) // _NULLS else None


def _list_or_text(rest: bytes, knows: Knows, *, complete: bool) -> str | None:
    if not rest:
        return "json" if complete else None
    return "json" if rest[:1] in b"{]" else recognize_text(b"[" + rest, knows, complete=complete)


def _lines_or_object(text: bytes, *, complete: bool) -> str | None:
    """Tell one object a line from one object over many: in the first case a whole object stands on a line by itself."""
    lines = text.split(b"\n")
    if complete and len(lines) == 1:
        return "ndjson"
    known = lines if complete else lines[:-1]
    if any(line.startswith(b"{") and _is_object(line) for line in islice(known, _LINES)):
        return "ndjson"
    return "json" if complete or len(known) >= _LINES else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except JSONFaultError:
        return False
