"""RIS, and the tagged files of Web of Science: one record from its type to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulk.formats.spans import Span
from bulk.lines import read_lines, with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulk.records import Item, Reject

_START = re.compile(rb"(?:TY {1,2}-|PT (?! ?-))")
_END = re.compile(rb"ER(?: {1,2}-)?\s*\Z")
_LAST = re.compile(rb"EF\s*\Z")


def read_ris(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take the lines up to each end as a record; foreign lines before a record stay with it, so that they are accounted for.

    A record that does not end is cut where the next one starts.
    """
    span = Span(file, "ris")
    has_started = False
    for lines in read_lines(with_line_feeds(blocks)):
        for line in lines:
            if has_started and _START.match(line.raw):
                yield from span.close()
            has_started = has_started or _START.match(line.raw) is not None
            if not has_started and _LAST.match(line.raw):
                continue
            span.add(line)
            if has_started and _END.match(line.raw):
                yield from span.close()
                has_started = False
    if has_started:
        yield from span.close()
    else:
        yield from span.reject("Text outside of a record", "no record follows these lines")
