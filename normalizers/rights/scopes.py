"""Of what a licence speaks, where that is not the work itself: the metadata, or a part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from normalizers.reading import Query
from normalizers.rights.model import Reading
from normalizers.terms import Hit, longest

_BOUNDARY = re.compile(r"[,;!?]|\.(?!\d)(?=\s|$)")


def with_scopes(query: Query, hits: Sequence[Hit], readings: Sequence[Reading]) -> list[Reading]:
    """Mark the readings whose clause names the metadata or a part before them.

    A text that speaks of a part alone is about that part: its licence is the answer.
    """
    named = longest([hit for hit in hits if hit.section == "scopes" and hit.concept != "choice"])
    scopes = [(query.folded.span(hit.start, hit.end)[0], hit) for hit in named]
    if not scopes:
        return list(readings)
    starts = [0, *(query.folded.span(match.start(), match.end())[1] for match in _BOUNDARY.finditer(query.folded.text))]
    found = []
    for reading in readings:
        begin = starts[bisect_right(starts, reading.start) - 1]
        scope = next((hit for start, hit in scopes if begin <= start <= reading.start), None)
        found.append(replace(reading, scope=scope.concept) if scope else reading)
    if all(reading.scope in {None, "part"} for reading in found) and not any(reading.scope is None for reading in found):
        return [replace(reading, scope=None) for reading in found]
    return found
