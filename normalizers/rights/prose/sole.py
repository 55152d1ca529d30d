"""That credit is the only condition: then what a text leaves unsaid is granted, where it grants something else."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from normalizers.results import Permissions
from normalizers.rights.prose.clause import Clause, Fact
from normalizers.rights.prose.constructions import Word
from normalizers.terms import Found

_ASKED = frozenset({"attribution", "share_alike"})
_DENIALS = frozenset({"not", "not_after", "neither", "without", "forbid"})
_NEAR = 2
"""Clauses that may say what the only condition is: that of the word for "only", and the next ("one condition only: credit")."""


def note_sole_condition(clauses: Sequence[Clause], soles: Sequence[Found], tag: str) -> None:
    """Note in the clause that asks for credit that nothing else is asked for, where a word for "the only" stands in it or right before it.

    It must ask for credit, the same licence at most, and deny nothing: "not the only condition" says the contrary.
    """
    for sole in soles:
        near = [clause for clause in clauses if clause.words and clause.words[-1].end > sole.start][:_NEAR] or clauses[-1:]
        said = [clause for clause in near if clause.facts]
        if said and _asks_credit(said[0]) and all(_DENIALS.isdisjoint(clause.concepts) for clause in near):
            said[0].facts.append(Fact("sole_condition", holds=True, word=Word("sole", sole.start, sole.end, sole.rule_of(tag))))


def _asks_credit(clause: Clause) -> bool:
    asked = {fact.question: fact.holds for fact in clause.facts if fact.question in _ASKED}
    return bool(asked.get("attribution")) and all(fact.holds and fact.question in _ASKED for fact in clause.facts)


def grant_unsaid(permissions: Permissions) -> Permissions:
    """Give the permissions where nothing but credit is asked for: of gain and changes, one that is granted brings the other with it."""
    commercial, derivatives = permissions.commercial_use, permissions.derivatives
    if commercial and derivatives is None:
        return replace(permissions, derivatives=True)
    if derivatives and commercial is None:
        return replace(permissions, commercial_use=True)
    return permissions
