"""Which format an input has, by what it starts with."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from bulk.json_text import JSONFaultError, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENOUGH = 1 << 20
"""Bytes after which the decision is made with what is there."""

_LINES = 20
"""Lines among which one whole record shows that there is one a line, even where the first is broken."""

_NULLS = 10
"""One null byte in so many is more than a stray one: UTF-16, or no text at all."""


def recognize(blocks: Iterator[bytes]) -> tuple[str, Iterator[bytes]]:
    """Name the format of an input, and give its blocks back whole.

    No more is read than the decision takes, so that whoever writes into the other end of a pipe is answered at once.
    Besides the formats that can be read, the answer may be ``xml`` or ``binary``.
    """
    head = b""
    for block in blocks:
        head += block
        if found := _recognize(head, complete=len(head) > _ENOUGH):
            return found, chain((head,), blocks)
    return _recognize(head, complete=True) or "ndjson", iter((head,))


def _recognize(head: bytes, *, complete: bool) -> str | None:
    """Name the format, or say None where what is there does not suffice; ``complete`` means that there is no more."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.count(b"\0") > len(head) // _NULLS:
        return "binary"
    if not text:
        return None
    if text.startswith(b"<"):
        return "xml"
    if text.startswith(b"["):
        return _list_or_text(text[1:].lstrip(), complete=complete)
    if text.startswith(b"{"):
        return _lines_or_object(text, complete=complete)
    return "text"


def _list_or_text(rest: bytes, *, complete: bool) -> str | None:
    if not rest:
        return "json" if complete else None
    return "json" if rest[:1] in b"{]" else "text"


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
