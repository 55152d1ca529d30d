"""Counts of one stretch of time, that add up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
"""Upper bounds in seconds of the classes that times to answer are counted in; the last class has none. The metrics use the same."""


@dataclass(slots=True)
class Figures:
    """Requests by class of status, their times by class of length, values by field and status, issues by code."""

    requests: Counter[str] = field(default_factory=Counter)
    seconds: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    values: Counter[tuple[str, str]] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)

    def note_request(self, status: int, seconds: float) -> None:
        """Count an answered request."""
        self.requests[f"{status // 100}xx"] += 1
        self.seconds[bisect_left(BOUNDS, seconds)] += 1

    def add(self, other: Figures) -> None:
        """Add what another stretch counted."""
        self.requests.update(other.requests)
        self.seconds = [one + more for one, more in zip(self.seconds, other.seconds, strict=True)]
        self.values.update(other.values)
        self.issues.update(other.issues)

    def quantile(self, share: float) -> float | None:
        """Estimate the seconds within which a share of the requests was answered, as Prometheus does; None where there was none.

        >>> figures = Figures()
        >>> for seconds in (0.002, 0.002, 0.002, 0.2):
        ...     figures.note_request(200, seconds)
        >>> figures.quantile(0.5)
        0.002
        """
        totals = list(accumulate(self.seconds))
        rank = share * totals[-1]
        if not totals[-1]:
            return None
        place = next(index for index, total in enumerate(totals) if total >= rank)
        if place == len(BOUNDS):
            return BOUNDS[-1]
        below = BOUNDS[place - 1] if place else 0.0
        inside = (rank - (totals[place] - self.seconds[place])) / self.seconds[place]
        return round(below + (BOUNDS[place] - below) * inside, 6)

    def as_json(self) -> dict[str, Any]:
        """Write the counts as they are kept."""
        values: dict[str, dict[str, int]] = {}
        for (name, status), count in sorted(self.values.items()):
            values.setdefault(name, {})[status] = count
        return {"requests": dict(self.requests), "seconds": self.seconds, "values": values, "issues": dict(self.issues)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Figures:
        """Read counts that were kept."""
        values = {(name, status): count for name, statuses in kept["values"].items() for status, count in statuses.items()}
        return cls(Counter(kept["requests"]), list(kept["seconds"]), Counter(values), Counter(kept["issues"]))
