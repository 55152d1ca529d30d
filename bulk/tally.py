"""What a run found: counts that can be added up, whichever process made them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Any

from bulk.samples import Sample, Samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulk.records import Item, Place
    from normalizers import RecordAnswer
    from normalizers.records.crosswalks import Crossing
    from normalizers.results import Outcome

_DISTINCT = 100_000
"""Distinct unresolved values that are counted. Beyond, the rarest are forgotten, so that the memory has a bound."""

LENGTH = 200
"""Characters of a value that it is told from others by: long ones are texts, and no term to decide on."""

_INDEX = re.compile(r"/\d+(?=/|$)")

_PAIRS = ("statuses", "methods", "unresolved", "unsaid")
_SINGLES = ("issues", "lacks")


@dataclass(slots=True)
class Tally:
    """Counts over clean records.

    ``statuses`` and ``methods`` count by field; ``issues`` by code; ``unresolved`` counts each value that was not settled,
    and ``examples`` says where each was met first. ``unsaid`` counts what a crosswalk left unsaid by place and reason, places
    without their numbers; ``lacks`` what its target demands and records do not hold.
    """

    records: int = 0
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    methods: Counter[tuple[str, str]] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    unsaid: Counter[tuple[str, str]] = field(default_factory=Counter)
    lacks: Counter[str] = field(default_factory=Counter)
    samples: Samples = field(default_factory=Samples)

    def count(self, answers: Iterable[tuple[RecordAnswer, Place]]) -> None:
        """Count clean records."""
        outcomes: Counter[Outcome] = Counter()
        for answer, place in answers:
            self.records += 1
            self.issues.update(answer.codes())
            outcomes.update([decision.result.outcome() for decision in answer.decisions])
            for _, decision in answer.open_ones:
                self._count_open(decision.result.field, decision.result.text, place)
        self._count_outcomes(outcomes)

    def count_written(self, answer: Mapping[str, Any], place: Place) -> None:
        """Count a clean record that was written already, as its JSON says."""
        self.records += 1
        self.issues.update(issue["code"] for issue in answer["issues"])
        self._count_outcomes(Counter(map(_outcome, answer["decisions"])))
        for unresolved in answer["unresolved"]:
            self._count_open(unresolved["field"], unresolved["text"], place)

    def count_crossing(self, crossing: Crossing) -> None:
        """Count what the form of the output left unsaid of one record."""
        self.unsaid.update((_INDEX.sub("/*", part.pointer), part.reason.value) for part in crossing.unsaid)
        self.lacks.update(lack.element for lack in crossing.lacks)

    def sample(self, item: Item, metadata: Mapping[str, Any]) -> None:
        """Let a record take part in the choice of those that are shown."""
        self.samples.offer(item, metadata)

    def add(self, other: Tally) -> None:
        """Add what another tally counted later."""
        self.records += other.records
        for name in (*_PAIRS, *_SINGLES):
            getattr(self, name).update(getattr(other, name))
        for value, place in other.examples.items():
            self.examples.setdefault(value, place)
        self.samples.add(other.samples.kept)
        self._bound()

    def most_unresolved(self, limit: int) -> Iterable[tuple[str, str, int, str]]:
        """Give the most frequent unresolved values: field, value, how often, and where first."""
        for value, count in self.unresolved.most_common(limit):
            yield *value, count, self.examples[value]

    def as_json(self) -> dict[str, Any]:
        """Give all of it in JSON types, for a run to go on with."""
        return {
            "records": self.records,
            **{name: [[*pair, count] for pair, count in getattr(self, name).items()] for name in _PAIRS},
            **{name: dict(getattr(self, name)) for name in _SINGLES},
            "examples": [[*value, place] for value, place in self.examples.items()],
            "samples": [astuple(sample) for sample in self.samples.kept],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Tally:
        """Take up again what ``as_json`` gave."""
        pairs: dict[str, Any] = {name: Counter({(one, two): count for one, two, count in content[name]}) for name in _PAIRS}
        singles: dict[str, Any] = {name: Counter(content[name]) for name in _SINGLES}
        return cls(
            records=content["records"],
            examples={(name, text): place for name, text, place in content["examples"]},
            samples=Samples([Sample(*sample) for sample in content["samples"]]),
            **pairs,
            **singles,
        )

    def _count_outcomes(self, outcomes: Mapping[Outcome, int]) -> None:
        for (name, status, method, codes), count in outcomes.items():
            self.statuses[name, status] += count
            if method:
                self.methods[name, method] += count
            for code in codes:
                self.issues[code] += count

    def _count_open(self, name: str, text: str, place: Place) -> None:
        value = (name, text[:LENGTH])
        self.unresolved[value] += 1
        self.examples.setdefault(value, str(place))

    def _bound(self) -> None:
        if len(self.unresolved) > _DISTINCT:
            self.unresolved = Counter(dict(self.unresolved.most_common(_DISTINCT // 2)))
            self.examples = {value: self.examples[value] for value in self.unresolved}


def _outcome(decision: Mapping[str, Any]) -> Outcome:
    return decision["field"], decision["status"], decision["method"], tuple(issue["code"] for issue in decision["issues"])
