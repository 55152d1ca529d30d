"""Which phrases a "not" right before them turns round, outside of clauses."""

from __future__ import annotations

from normalizers.terms import Hit, Hits, longest

NEGATIONS = frozenset({"not", "nor", "concord", "without"})
_REACH = 12


def unnegated(hits: Hits, *sections: str) -> list[Hit]:
    """Give the longest phrases of some sections that no negation of their own language stands right before."""
    found = list(longest(hits.spread(*sections)))
    denials = {(tag, item.end) for item in hits.of("lexicon") if item.concept in NEGATIONS for tag in item.locales} if found else ()
    if not denials:
        return found
    places = range(1, _REACH + 1)
    denied = {(hit.start, hit.end) for hit in found if any((hit.locale, hit.start - place) in denials for place in places)}
    return [hit for hit in found if (hit.start, hit.end) not in denied]
