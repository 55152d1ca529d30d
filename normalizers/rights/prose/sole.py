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
_FEW = 20
_NAMES = {"commercial_use": frozenset({"commercial", "noncommercial", "not_commercial"}), "derivatives": frozenset({"adapt", "unmodified"})}
_NEAR = 2
"""Clauses that may say what the only condition is: that of the word for "only", and the next ("one condition only: credit")."""


def note_sole_condition(text: str, clauses: Sequence[Clause], soles: Sequence[Found], tag: str) -> None:
    """Note in the clause that asks for credit that nothing else is asked for, where a word for "the only" stands in it or right before it.

    It must ask for credit, the same licence at most, and deny nothing: "not the only condition" says the contrary. What goes on behind its
    last word in the ``text`` of the sentence may ask for more ("to credit us and to leave it as it stands").
    """
    for sole in soles:
        near = [clause for clause in clauses if clause.words and clause.words[-1].end > sole.start][:_NEAR] or clauses[-1:]
        said = [clause for clause in near if clause.facts]
        if (
            said
            and _asks_credit(said[0])
            and all(_DENIALS.isdisjoint(clause.concepts) for clause in near)
            and _ends(text, clauses, said[0])
        ):
            said[0].facts.append(Fact("sole_condition", holds=True, word=Word("sole", sole.start, sole.end, sole.rule_of(tag))))


def _ends(text: str, clauses: Sequence[Clause], clause: Clause) -> bool:
    """Tell whether a clause ends with its words, but for a few letters."""
    end = clause.words[-1].end
    following = min((other.words[0].start for other in clauses if other.words and other.words[0].start >= end), default=len(text))
    return len(text[end:following].strip()) <= _FEW


def _asks_credit(clause: Clause) -> bool:
    asked = {fact.question: fact.holds for fact in clause.facts if fact.question in _ASKED}
    return bool(asked.get("attribution")) and all(fact.holds and fact.question in _ASKED for fact in clause.facts)


def grant_unsaid(permissions: Permissions, clauses: Sequence[Clause]) -> Permissions:
    """Give the permissions where nothing but credit is asked for: of gain and changes, one that is granted brings the other with it.

    It must be unsaid: what is named and was not understood ("for commercial uses ask the office") is not granted.
    """
    granted = [question for question in _NAMES if getattr(permissions, question)]
    unsaid = [question for question, names in _NAMES.items() if all(names.isdisjoint(clause.concepts) for clause in clauses)]
    return replace(permissions, **dict.fromkeys(unsaid, True)) if granted else permissions
