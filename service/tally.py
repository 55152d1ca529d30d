"""Counts what is answered: plainly, while requests wait, and told to whoever keeps figures when figures are wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from normalizers.results import Outcome

Reading = tuple[str, str, str]
"""Field, status and method of one reading."""


class Answered(NamedTuple):
    """What is told of an answered request: words of ours and numbers, nothing that a client wrote."""

    method: str
    route: str
    status: int
    seconds: float
    items: int
    problem: str | None


class Counts(NamedTuple):
    """What is counted: readings by field, status and method, and issues by their code. Each is a word of ours, never of the text."""

    readings: Counter[Reading]
    issues: Counter[str]


class Tally:
    """What was answered since it was last taken. There are few different outcomes, so that these stay small however much is read."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.outcomes: defaultdict[Outcome, int] = defaultdict(int)
        self.issues: defaultdict[str, int] = defaultdict(int)
        self.requests: list[Answered] = []

    def take(self) -> tuple[list[Answered], Counts]:
        """Give what was counted, and begin anew."""
        requests, counts = self.requests, Counts(Counter(), Counter(self.issues))
        for (name, status, method, codes), count in self.outcomes.items():
            counts.readings[name, status, method or "none"] += count
            for code in codes:
                counts.issues[code] += count
        self._begin()
        return requests, counts
