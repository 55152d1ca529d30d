"""What a run found: counts that can be added up, whichever process made them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulk.records import Place

_DISTINCT = 100_000
"""Distinct unresolved values that are counted. Beyond, the rarest are forgotten, so that the memory has a bound."""

_LENGTH = 200
"""Characters of a value that it is told from others by: long ones are texts, and no term to decide on."""


@dataclass(slots=True)
class Tally:
    """Counts over clean records.

    ``statuses`` and ``methods`` count by field; ``issues`` by code; ``unresolved`` counts each value that was not settled,
    and ``examples`` says where each was met first.
    """

    records: int = 0
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    methods: Counter[tuple[str, str]] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, answer: Mapping[str, Any], place: Place) -> None:
        """Count one clean record."""
        self.records += 1
        self.issues.update(issue["code"] for issue in answer["issues"])
        for decision in answer["decisions"]:
            self._count_decision(decision, place)

    def add(self, other: Tally) -> None:
        """Add what another tally counted later."""
        self.records += other.records
        self.statuses.update(other.statuses)
        self.methods.update(other.methods)
        self.issues.update(other.issues)
        self.unresolved.update(other.unresolved)
        for value, place in other.examples.items():
            self.examples.setdefault(value, place)
        self._bound()

    def most_unresolved(self, limit: int) -> Iterable[tuple[str, str, int, str]]:
        """Give the most frequent unresolved values: field, value, how often, and where first."""
        for value, count in self.unresolved.most_common(limit):
            yield *value, count, self.examples[value]

    def _count_decision(self, decision: Mapping[str, Any], place: Place) -> None:
        name, status = decision["field"], decision["status"]
        self.statuses[name, status] += 1
        self.issues.update(issue["code"] for issue in decision["issues"])
        if decision["method"]:
            self.methods[name, decision["method"]] += 1
        if status in {"unmatched", "ambiguous"}:
            value = (name, decision["text"][:_LENGTH])
            self.unresolved[value] += 1
            self.examples.setdefault(value, str(place))

    def _bound(self) -> None:
        if len(self.unresolved) > _DISTINCT:
            self.unresolved = Counter(dict(self.unresolved.most_common(_DISTINCT // 2)))
            self.examples = {value: self.examples[value] for value in self.unresolved}
