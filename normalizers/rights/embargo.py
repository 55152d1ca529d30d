"""Until when a work is closed: the end of an embargo, as an EDTF date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from normalizers.reading import Query
from normalizers.results import Method, Result, Status
from normalizers.terms import Hits, spread

DateOf = Callable[[Query], Result]
"""How a date is read; the registry gives the reader of the field ``date``."""

_WORD = re.compile(r"[^\s/()]+")
_UNTIL = "../"
_TRIMMED = ".,;:)]»\"'"
_WORDS_OF_A_DATE = 6
_WORDS_LOOKED_AT = 14


def read_embargo(query: Query, hits: Hits, date_of: DateOf) -> Result:
    """Answer the field ``embargo`` with the first date after a word of embargo, or else before it."""
    named = spread(hits.named("access_rights", "embargoed access")[:1])
    if not named:
        return query.unmatched()
    word = query.folded_evidence(named[0].start, named[0].end, named[0].rule, "embargoed access")
    for start, end in [*_spans(query.text, word.end, len(query.text)), *_spans(query.text, 0, word.start)]:
        read = date_of(Query("date", query.text[start:end], query.locale))
        if read.status is Status.MATCHED and len(read.identifiers) == 1:
            date = read.identifiers[0].removeprefix(_UNTIL)
            quoted = query.evidence(start, end, "date", date)
            return Result(query.field, query.text, Status.MATCHED, (date,), Method.CLAUSES, locale=named[0].locale, evidence=(word, quoted))
    return query.unmatched()


def _spans(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may be a date: from each word in turn, the longest first."""
    words = [match.span() for match in _WORD.finditer(text, begin, end)][:_WORDS_LOOKED_AT]
    for first, (start, _) in enumerate(words):
        for last in reversed(words[first : first + _WORDS_OF_A_DATE]):
            trimmed = text[start : last[1]].rstrip(_TRIMMED)
            if any(map(str.isdigit, trimmed)):
                yield start, start + len(trimmed)
