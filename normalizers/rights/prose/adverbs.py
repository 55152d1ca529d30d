"""How "freely" is read: it permits where nothing else rules its clause, and only describes the act where a verb does.

So "copy it freely" grants, and "may not be freely copied" does not. Where the verb stands at the end of the sentence, the clause
that "freely" opens may be ruled by the verb of the next ("freely change or sell it: that is not possible"); it then says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.rights.prose.clause import ACTS, Clause
from normalizers.rights.prose.constructions import Word

_RULE = ".freely"
_RULING = frozenset({"permit", "forbid", "not", "not_after", "neither", "permission"})


def without_idle(words: Sequence[Word]) -> list[Word]:
    """Leave "freely" out where the clause has a verb or a negation of its own."""
    others = [word for word in words if not word.rule.endswith(_RULE)]
    return list(words) if _RULING.isdisjoint([word.concept for word in others]) else others


def hush(clauses: Sequence[Clause]) -> None:
    """Take the acts out of the clauses that "freely" alone opens and that a verb of the next clause may forbid."""
    for clause, behind in pairwise(clauses):
        if behind.has("forbid") and behind.opener is None and not behind.leads and _is_opened(clause):
            clause.keep(tuple(word for word in clause.words if word.concept not in {*ACTS, "permit"}))


def _is_opened(clause: Clause) -> bool:
    """Tell whether "freely" stands before all acts of a clause, and no other verb in it."""
    verbs = [word for word in clause.words if word.concept == "permit"]
    acts = [word.start for word in clause.words if word.concept in ACTS]
    return bool(verbs) and all(word.rule.endswith(_RULE) for word in verbs) and bool(acts) and verbs[0].start < min(acts)
