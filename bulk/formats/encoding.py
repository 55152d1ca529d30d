"""Text in other encodings than UTF-8: seen by its byte order mark, or named by the caller, and turned into UTF-8 on the way in."""

from __future__ import annotations

import codecs
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_MARK = 4


def in_utf8(blocks: Iterable[bytes], encoding: str | None = None) -> Iterator[bytes]:
    """Give an input in UTF-8. Without a name, only a byte order mark of UTF-16 or UTF-32 tells that it is anything else.

    No other encoding is guessed: half of them read each other's bytes without a fault, as other letters. A byte that the
    encoding does not have becomes U+FFFD.
    """
    stream = iter(blocks)
    head = b""
    for block in stream:
        head += block
        if len(head) >= _LONGEST_MARK:
            break
    whole = chain((head,), stream) if head else iter(())
    found = encoding or next((name for mark, name in _MARKS if head.startswith(mark)), None)
    return _turned(whole, found) if found else whole


def _turned(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        if text := decoder.decode(block):
            yield text.encode("utf-8", "replace")
    if rest := decoder.decode(b"", final=True):
        yield rest.encode("utf-8", "replace")
