"""Commercial and non-commercial use named side by side, which together say "for money or not"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from normalizers.rights.prose.clause import DENIES, Clause

_NEAR = 14


def join_pairs(clauses: Sequence[Clause]) -> None:
    """Read "both commercial, and non-commercial" as any use: its second half denies nothing, though a comma or an opener parts the two.

    In the other order only where the two stand close, since a verb of its own may follow the second. Nor does the "not" of "whether
    commercial or not" deny.
    """
    for clause in clauses:
        if clause.opener == "even" and [word.concept for word in clause.words[-2:]] == ["commercial", "not"]:
            clause.keep(clause.words[:-1])
    for before, clause in pairwise(clauses):
        if clause.leads or clause.opener not in {None, "even"} or not (before.words and clause.words):
            continue
        if _names_one_half(before) and DENIES.get(clause.words[0].concept) == "commercial_use":
            clause.keep((replace(clause.words[0], concept="commercial"), *clause.words[1:]))
        elif _is_reversed(before, clause):
            before.keep((*before.words[:-1], replace(before.words[-1], concept="commercial")))


def _names_one_half(clause: Clause) -> bool:
    return clause.words[-1].concept == "commercial" and clause.concepts.isdisjoint({"not", "forbid", *DENIES})


def _is_reversed(before: Clause, clause: Clause) -> bool:
    first, second = before.words[-1], clause.words[0]
    close = second.start - first.end <= _NEAR and clause.concepts.isdisjoint({"not", "forbid", "permission", "require"})
    return close and first.concept == "noncommercial" and second.concept == "commercial" and not before.has("only")
