"""Questions, and what the sentence behind them answers."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.rights.prose.clause import ACTS, ASKS, DENIES, Clause, Fact, own_polarity
from normalizers.terms import Found

_DENIALS = frozenset({"not", "forbid", *DENIES})


def is_question(text: str, start: int, end: int, found: Sequence[Found]) -> bool:
    """Tell whether a sentence asks; a lone word behind the last comma of a denial only seeks assent ("you may not sell it, right?")."""
    if not text.startswith("?", end):
        return False
    tag = text.rfind(",", start, end)
    denies = any(hit.concept in _DENIALS for hit in found)
    assents = tag >= 0 and len(text[tag + 1 : end].split()) == 1 and all(hit.start < tag or hit.concept == "ignored" for hit in found)
    return not (assents and denies)


def answer_question(asked: Sequence[Clause], answer: Sequence[Clause]) -> None:
    """Give the clauses of a question the facts that the next sentence answers ("May I sell it? Yes."); alone they state none."""
    if not asked:
        return
    holds = _answers(answer)
    for clause in asked:
        asks = ASKS if not clause.concepts.isdisjoint(ASKS) else {"share": "sharing"}
        clause.facts = [] if holds is None else [Fact(asks[word.concept], holds, word) for word in clause.words if word.concept in asks]
        clause.permits = holds


def _answers(clauses: Sequence[Clause]) -> bool | None:
    """Give the polarity of a sentence that says yes or no before it names any act or demand of its own."""
    for clause in clauses:
        own = own_polarity(clause)
        if not clause.concepts.isdisjoint({*ACTS, "credit", "same_license"}):
            return True if clause.opener == "provided" else None
        if own is not None:
            return own
    return None
