"""Commercial and non-commercial use named side by side, which together say "for money or not"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.rights.clause import DENIES, Clause


def join_pairs(clauses: Sequence[Clause]) -> None:
    """Read "both commercial, and non-commercial" as any use: its second half denies nothing, though a comma or an opener parts the two.

    Nor does the "not" of "whether commercial or not" deny.
    """
    for clause in clauses:
        if clause.opener == "even" and [word.concept for word in clause.words[-2:]] == ["commercial", "not"]:
            clause.keep(clause.words[:-1])
    for before, clause in pairwise(clauses):
        if not clause.leads and _names_one_half(before) and _begins_with_other(clause):
            clause.words = (replace(clause.words[0], concept="commercial"), *clause.words[1:])
            clause.concepts = frozenset(word.concept for word in clause.words)


def _names_one_half(clause: Clause) -> bool:
    return bool(clause.words) and clause.words[-1].concept == "commercial" and clause.concepts.isdisjoint({"not", "forbid", *DENIES})


def _begins_with_other(clause: Clause) -> bool:
    return bool(clause.words) and clause.opener in {None, "even"} and DENIES.get(clause.words[0].concept) == "commercial_use"
