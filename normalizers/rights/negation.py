"""Which phrases a "not" right before them turns round, outside of clauses."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.terms import Hit, longest

NEGATIONS = frozenset({"not", "nor", "concord", "without"})
_REACH = 12


def unnegated(hits: Sequence[Hit], sections: frozenset[str]) -> list[Hit]:
    """Give the longest phrases of some sections that no negation of their own language stands right before."""
    denials = {(hit.locale, hit.end) for hit in hits if hit.section == "lexicon" and hit.concept in NEGATIONS}
    found = list(longest([hit for hit in hits if hit.section in sections]))
    denied = {(hit.start, hit.end) for hit in found for locale, end in denials if locale == hit.locale and 0 < hit.start - end <= _REACH}
    return [hit for hit in found if (hit.start, hit.end) not in denied]
