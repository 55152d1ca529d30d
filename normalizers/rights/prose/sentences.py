"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The marks stand first, so that all else is passed over at once.
_END = re.compile(r"[!?.](?:(?<=[!?])|(?<!\.[a-z]\.)(?!\d)(?=[\s;)]|$|[^\x00-\x7f]))")


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each sentence of a folded text; initials and their like ("ph.d.") end none."""
    start = 0
    for match in _END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
