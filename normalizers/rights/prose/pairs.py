"""Opposites named side by side, which together say "in any way": for money or not, changed or unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from normalizers.rights.prose.clause import DENIES, Clause

_NEAR = 14
_FORMS = frozenset({"adapt", "unmodified"})


def join_pairs(clauses: Sequence[Clause]) -> None:
    """Read "both commercial, and non-commercial" as any use: its second half denies nothing, though a comma or an opener parts the two.

    In the other order only where the two stand close, since a verb of its own may follow the second. Nor does the "not" of "whether
    commercial or not" deny.
    """
    for clause in clauses:
        _join_forms(clause)
        if clause.opener == "even" and [word.concept for word in clause.words[-2:]] == ["commercial", "not"]:
            clause.keep(clause.words[:-1])
    for before, clause in pairwise(clauses):
        _join_forms(clause, before)
        if clause.leads or clause.opener not in {None, "even"} or not (before.words and clause.words):
            continue
        if _names_one_half(before) and DENIES.get(clause.words[0].concept) == "commercial_use":
            clause.keep((replace(clause.words[0], concept="commercial"), *clause.words[1:]))
        elif _is_reversed(before, clause):
            before.keep((*before.words[:-1], replace(before.words[-1], concept="commercial")))


def _join_forms(clause: Clause, before: Clause | None = None) -> None:
    """Read "whether unchanged or adapted" as any form, and "both unchanged, and adapted": where an opener that concedes stands before."""
    parts = [part for part in (before, clause) if part is not None]
    if any(part.opener != "even" for part in parts):
        return
    said = frozenset[str]().union(*(part.concepts for part in parts))
    if _FORMS <= said <= {*_FORMS, "use", "share"}:
        for part in parts:
            part.keep(tuple(replace(word, concept="adapt") if word.concept == "unmodified" else word for word in part.words))


def _names_one_half(clause: Clause) -> bool:
    return clause.words[-1].concept == "commercial" and clause.concepts.isdisjoint({"not", "forbid", *DENIES})


def _is_reversed(before: Clause, clause: Clause) -> bool:
    first, second = before.words[-1], clause.words[0]
    close = second.start - first.end <= _NEAR and clause.concepts.isdisjoint({"not", "forbid", "permission", "require"})
    return close and first.concept == "noncommercial" and second.concept == "commercial" and not before.has("only")
