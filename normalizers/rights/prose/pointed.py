"""Nouns of acts that name the work itself: "this translation may be sold" grants no translation.

A word that points at the work ("this", "our") stands right beside such a noun. Some of these words are pronouns too, beside which the act
is a verb ("you may adapt this"); those point only where no verb stands before the noun, or where another act stands right beside the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalizers.folding import is_unspaced
from normalizers.rights.prose.clause import ACTS, DENIES, Clause
from normalizers.rights.prose.constructions import Word
from normalizers.terms import Found

POINTING = frozenset({"this", "our", "our_after"})
_DOUBTFUL = ".this"
_MARKS = tuple(f".{concept}" for concept in POINTING)
_VERBS = frozenset({"permit", "forbid", "free"})
_BESIDE = 12


def pointed_at(text: str, acts: Sequence[Found], pointing: Sequence[Found]) -> Iterator[tuple[int, str]]:
    """Yield where the nouns among some acts stand beside which a word points at the work, each with the concept of that word."""
    before = {item.end: item.concept for item in pointing if item.concept != "our_after"}
    behind = {item.start: item.concept for item in pointing if item.concept == "our_after"}
    for act in acts:
        concept = before.get(_end_before(text, act.start)) or behind.get(_start_behind(text, act.end))
        if concept:
            yield act.start, concept


def _end_before(text: str, start: int) -> int:
    """Give where the word before the one at a place ends, past particles that are joined to it; where none stands there, -1."""
    if start and is_unspaced(text[start - 1]):
        return start
    space = text.rfind(" ", 0, start)
    joined = text[space + 1 : start]
    return space if space > 0 and (not joined or joined.isalpha()) else -1


def _start_behind(text: str, end: int) -> int:
    return end + 1 if text.startswith(" ", end) else end


def names_work(clause: Clause, position: int, *, permits: bool) -> bool:
    """Tell whether an act of a clause is the name of the work, and so neither granted nor denied.

    Alone in a clause that forbids it may be a verb, and what is forbidden.
    """
    word = clause.words[position]
    if not is_pointed(word):
        return False
    others = [other for other in clause.words if other.concept in ACTS - set(DENIES) and other is not word]
    if word.rule.endswith(_DOUBTFUL) and any(other.concept in _VERBS for other in clause.words[:position]):
        return any(other.start - word.end in {0, 1} or 0 <= word.start - other.end <= _BESIDE for other in others)
    return permits or bool(others)


def is_pointed(word: Word) -> bool:
    """Tell whether a word that points at the work stands beside an act."""
    return word.rule.endswith(_MARKS)


def rule_of_pointed(tag: str, concept: str) -> str:
    """Name the rule of an act beside a word that points at the work."""
    return f"{tag}:scopes.{concept}"
