"""Grants that something beside them puts in doubt: a licence must not be taken as freer for what was not understood.

A doubted grant says nothing, and what the text grants "without restriction" no longer answers the question either.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.rights.prose.clause import Clause, Fact, is_of_trader, own_polarity

_TAKEN_BACK = frozenset({("unread_denial", True), ("sharing", False)})
_SALE = frozenset({"commercial", "use", "share"})


def settle_doubts(clauses: Sequence[Clause]) -> None:
    """Take back, in a sentence whose facts are given, the grants that are in doubt."""
    for before, clause in pairwise(clauses):
        if _is_stranded(before, clause):
            doubt(clause, "commercial_use")
        if _takes_back(clause) and own_polarity(before):
            doubt(before, "derivatives")
            # behind "but" stands what the prohibition is of ("but selling, this right does not cover"), and who trades may do nothing else
            if before.opener == "but" or is_of_trader(before):
                doubt(before, "commercial_use")


def doubt(clause: Clause, question: str) -> None:
    """Take back what a clause grants of a question."""
    kept = [fact for fact in clause.facts if fact.question != question or not fact.holds]
    doubted = [Fact("unread_grant", holds=True, word=fact.word) for fact in clause.facts if fact not in kept]
    clause.facts = [*kept, *doubted[:1]]


def _is_stranded(before: Clause, clause: Clause) -> bool:
    """Tell whether trade is named without a verb behind a permission that was complete, with its credit ("trade is another matter")."""
    bare = clause.opener is None and clause.has("commercial") and clause.concepts <= _SALE
    return bare and before.has("permit") and before.words[-1].concept == "credit"


def _takes_back(clause: Clause) -> bool:
    """Tell whether a clause goes on with a prohibition of nothing that was named ("you may adapt it, but must not let it out")."""
    said = {(fact.question, fact.holds) for fact in clause.facts}
    return bool(said) and said <= _TAKEN_BACK and clause.has("forbid") and not clause.leads
