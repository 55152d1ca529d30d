"""Who trades, beside a verb that is not known: "companies may kindly abstain" grants no trade.

Many words of trade are those of who trades. What such a one may do counts where the verb ends its clause, or an act stands in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from normalizers.rights.prose.clause import ACTS, Clause, is_of_trader
from normalizers.rights.prose.doubts import doubt
from normalizers.rights.prose.marks import until_pause

_FEW = 3
_END = Clause(None, (), "", leads=True)


def doubt_traders(text: str, clauses: Sequence[Clause]) -> None:
    """Take back gain that a clause of a sentence grants by a verb beside which another one stands that is not known."""
    for clause, behind in pairwise((*clauses, _END)):
        goes_on = bool(behind.words) and not behind.leads
        if is_of_trader(clause) and clause.leads and clause.opener is None and not (goes_on and not behind.concepts.isdisjoint(ACTS)):
            end = clause.words[-1].end
            tail = until_pause(text, end, behind.words[0].start if goes_on else len(text))
            if len(tail.strip()) > _FEW or _is_ending(text, clause):
                doubt(clause, "commercial_use")


def _is_ending(text: str, clause: Clause) -> bool:
    """Tell whether the verb is the ending of a word that is not known, with another one between it and that of trade."""
    trade, verb = clause.words[0], clause.words[-1]
    return verb.start > trade.end and text[verb.start - 1].isalpha() and text.count(" ", trade.end, verb.start) > 1
