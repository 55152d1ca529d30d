"""Of what a licence speaks, where that is not the work itself: the metadata, a part, or another licence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from normalizers.reading import Query
from normalizers.rights.model import Reading
from normalizers.rights.spans import Spans
from normalizers.terms import Hits, longest

_CLAUSE = re.compile(r"[;!?)]|\.(?!\d)(?=\s|$)")
_BOUNDARY = re.compile(r"[,;!?]|\.(?!\d)(?=\s|$)")


def without_references(query: Query, hits: Hits, readings: Sequence[Reading]) -> list[Reading]:
    """Leave out the licences that the text only points at or compares with ("see the GPL", "compatible with BSD", "GPL-compatible").

    Only beside another licence that it states; of Creative Commons' all are kept, since what differs there is a contradiction.
    """
    references = hits.named("scopes", "reference")
    before = {item.start for item in references}
    compared = [query.folded.span(item.start, item.end)[0] for item in hits.named("scopes", "reference_after") if item.start not in before]
    if not references and not compared:
        return list(readings)
    starts = [query.folded.span(item.start, item.end)[0] for item in references]
    ends = [query.folded.span(match.start(), match.end())[0] for match in _CLAUSE.finditer(query.folded.text)] + [len(query.text)]
    reached = Spans((start + 1, ends[bisect_right(ends, start)]) for start in starts if start < len(query.text))
    behind = {start - 1 for start in compared}
    pointed_at = [
        reached.touch(reading.start, reading.start + 1) or max(item.end for item in reading.evidence) in behind for reading in readings
    ]
    has_stated = any(reading.other and not pointed for reading, pointed in zip(readings, pointed_at, strict=True))
    return [reading for reading, pointed in zip(readings, pointed_at, strict=True) if not (reading.other and pointed and has_stated)]


def with_scopes(query: Query, hits: Hits, readings: Sequence[Reading]) -> list[Reading]:
    """Mark the readings whose clause names the metadata or a part before them.

    A text that speaks of a part alone is about that part: its licence is the answer.
    """
    if not readings:
        return []
    named = list(longest([item for item in hits.of("scopes") if item.concept in {"metadata", "part"}]))
    scopes = [(query.folded.span(hit.start, hit.end)[0], hit) for hit in named]
    if not scopes:
        return list(readings)
    starts = [0, *(query.folded.span(match.start(), match.end())[1] for match in _BOUNDARY.finditer(query.folded.text))]
    places = [place for place, _ in scopes]
    found = []
    for reading in readings:
        begin = starts[bisect_right(starts, reading.start) - 1]
        place, scope = scopes[min(bisect_left(places, begin), len(scopes) - 1)]
        found.append(replace(reading, scope=scope.concept) if begin <= place <= reading.start else reading)
    if all(reading.scope in {None, "part"} for reading in found) and not any(reading.scope is None for reading in found):
        return [replace(reading, scope=None) for reading in found]
    return found


def is_of_metadata(query: Query, hits: Hits, start: int) -> bool:
    """Tell whether the metadata are named before a place of the folded text, in the same clause."""
    named = [item.start for item in hits.named("scopes", "metadata") if item.start < start]
    return bool(named) and not _BOUNDARY.search(query.folded.text, named[-1], start)
