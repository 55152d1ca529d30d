"""Which phrases a "not" right before them turns round, outside of clauses."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.terms import Hit, longest

_NEGATIONS = frozenset({"not", "without"})
_REACH = 12


def unnegated(hits: Sequence[Hit], sections: frozenset[str]) -> list[Hit]:
    """Give the longest phrases of some sections that no negation stands right before, by the words of any locale."""
    ends = [hit.end for hit in hits if hit.section == "lexicon" and hit.concept in _NEGATIONS]
    found = longest([hit for hit in hits if hit.section in sections])
    return [hit for hit in found if not any(0 < hit.start - end <= _REACH for end in ends)]
