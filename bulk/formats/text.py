"""The text of record pages: one in a file, or several one after the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulk.formats.spans import Span
from bulk.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulk.records import Item, Reject

PAGE_BREAK = b"\f"
_SEPARATOR = re.compile(rb"%%\s*\Z")
_RULE = re.compile(rb"={5,}\s*\Z")


def read_text(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take an input as one page, or as several with a separator between.

    A separator is a line of ``%%`` alone; a line that starts with a form feed; or a rule of five or more equals signs below a blank
    line, for right below a line of text a rule underlines that.
    """
    span = Span(file, "text")
    is_below_blank = True
    for lines in read_lines(blocks):
        for line in lines:
            if _SEPARATOR.match(line.raw) or (is_below_blank and _RULE.match(line.raw)):
                yield from span.close()
            else:
                if line.raw.startswith(PAGE_BREAK):
                    yield from span.close()
                span.add(line)
            is_below_blank = not line.raw.strip()
    yield from span.close()
