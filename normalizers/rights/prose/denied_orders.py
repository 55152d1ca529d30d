"""Imperatives that a "not" before them turns into prohibitions ("do not cut it"), in languages that list them among the verbs."""

from __future__ import annotations

from collections.abc import Sequence

from normalizers.rights.prose.clause import ACTS
from normalizers.rights.prose.constructions import Word


def without_denied_orders(words: Sequence[Word]) -> list[Word]:
    """Leave out the verb of a word that is an act and its verb at once, where "not" stands right before: only the act is denied then."""
    kept: list[Word] = []
    for place, word in enumerate(words):
        act = words[place - 1] if place else None
        doubled = act is not None and word.concept == "permit" and act.concept in ACTS and (act.start, act.end) == (word.start, word.end)
        if not (doubled and place > 1 and words[place - 2].concept == "not"):
            kept.append(word)
    return kept
