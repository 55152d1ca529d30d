"""What is said of both halves of a pair that a comma or a word parts: "commercial or non-commercial" keeps neither out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.rights.clause import Clause

_BOTH = frozenset({"commercial", "noncommercial"})
_NEAR = 14


def join_pairs(clauses: Sequence[Clause]) -> None:
    """Take "non-commercial" out where "commercial" stands right beside it in the next clause, so that only the wider use is said."""
    for left, right in pairwise(clauses):
        if right.leads or right.opener not in {None, "even"} or not (left.words and right.words):
            continue
        last, first = left.words[-1], right.words[0]
        if {last.concept, first.concept} == _BOTH and first.start - last.end <= _NEAR:
            if first.concept == "noncommercial":
                right.keep(right.words[1:])
            else:
                left.keep(left.words[:-1])
