"""Until when a work is closed: the end of an embargo, as an EDTF date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from normalizers.reading import Query
from normalizers.results import Method, Result, Status
from normalizers.terms import Hit


def read_embargo(query: Query, hits: Sequence[Hit], find_dates: Callable[[str], Iterator[tuple[int, int, str]]]) -> Result:
    """Answer the field ``embargo``: the first date after a word of embargo."""
    named = [hit for hit in hits if hit.section == "access_rights" and hit.concept == "embargoed access"]
    if not named:
        return query.unmatched()
    word = query.folded_evidence(named[0].start, named[0].end, named[0].rule, "embargoed access")
    for start, end, date in find_dates(query.text[word.end :]):
        quoted = query.evidence(word.end + start, word.end + end, "date", date)
        return Result(query.field, query.text, Status.MATCHED, (date,), Method.CLAUSES, locale=named[0].locale, evidence=(word, quoted))
    return query.unmatched()
