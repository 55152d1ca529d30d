"""Which phrases a "not" right before them turns round, outside of clauses."""

from __future__ import annotations

from normalizers.terms import Hit, Hits, longest

NEGATIONS = frozenset({"not", "nor", "concord", "without"})
_REACH = 12
_PAUSES = frozenset(",;:.")


def unnegated(text: str, hits: Hits, *sections: str) -> list[Hit]:
    """Give the longest phrases of some sections that no negation of their own language stands right before, in the same clause."""
    found = list(longest(hits.spread(*sections)))
    denials = {(tag, item.end) for item in hits.of("lexicon") if item.concept in NEGATIONS for tag in item.locales} if found else ()
    if not denials:
        return found
    places = range(1, _REACH + 1)
    denied = {
        (hit.start, hit.end)
        for hit in found
        for place in places
        if (hit.locale, hit.start - place) in denials and _PAUSES.isdisjoint(text[hit.start - place : hit.start])
    }
    return [hit for hit in found if (hit.start, hit.end) not in denied]
