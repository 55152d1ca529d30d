"""A verb behind an exception that speaks of what is excepted: "except commercial use, which is not permitted"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.rights.clause import ASKS, Clause

_VERBS = frozenset({"permit", "forbid", "permission", "free", "neither"})


def join_relatives(clauses: Sequence[Clause]) -> None:
    """Move a verb that forbids and names no act of its own into the exception before it, which names acts and has no verb."""
    for before, clause in pairwise(clauses):
        excepts = before.opener == "unless" and not before.concepts.isdisjoint(ASKS) and before.concepts.isdisjoint(_VERBS)
        if excepts and clause.opener is None and not clause.leads and clause.has("forbid") and clause.concepts <= {"forbid", "use"}:
            before.keep((*clause.words, *before.words))
            clause.keep(())
