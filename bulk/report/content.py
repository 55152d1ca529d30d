"""The content of a report, in JSON types: what all its forms are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulk.tally import Tally

STATUSES = ("matched", "ambiguous", "none", "unmatched")
FREQUENT = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: the counts over the records that were normalized, and how many were turned away."""

    tally: Tally
    rejected: int


def build_content(outcome: Outcome) -> dict[str, Any]:
    """Give counts by field and status, by field and method, of issues, the most frequent unresolved values, and what was left unsaid.

    ``samples`` are a few records before and after, chosen by their content and not by their place.
    """
    tally = outcome.tally
    return {
        "records": tally.records,
        "rejected": outcome.rejected,
        "statuses": _nested(tally.statuses),
        "methods": _nested(tally.methods),
        "issues": dict(tally.issues.most_common()),
        "unresolved": [
            {"field": name, "text": text, "count": count, "example": place} for name, text, count, place in tally.most_unresolved(FREQUENT)
        ],
        "unsaid": [{"pointer": place, "reason": reason, "count": count} for (place, reason), count in tally.unsaid.most_common()],
        "lacks": dict(tally.lacks.most_common()),
        "samples": [{"place": sample.place, "before": sample.before, "after": sample.after} for sample in tally.samples.kept],
    }


def _nested(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (name, kind), count in sorted(counts.items()):
        nested.setdefault(name, {})[kind] = count
    return nested
