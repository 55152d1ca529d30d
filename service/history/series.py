"""Figures over time, of all processes together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from service.history.figures import Figures
from service.history.table import HISTORY, STEP
from service.store import Store

MOST_POINTS = 400
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True, slots=True)
class Point:
    """What was done in one step of time. ``at`` is its first second since 1970."""

    at: int
    figures: Figures

    def as_json(self) -> dict[str, Any]:
        """Write the point: counts, and the quantiles of the time to answer in seconds."""
        kept = self.figures.as_json()
        latency = {name: self.figures.quantile(share) for name, share in _SHARES.items()}
        return {"at": self.at, "requests": kept["requests"], "latency": latency, "values": kept["values"], "issues": kept["issues"]}


def step_for(seconds: int) -> int:
    """Choose a step, in whole minutes, so that a stretch of time has no more points than a screen can show.

    >>> step_for(3600), step_for(7 * 86400)
    (60, 1560)
    """
    return -(-seconds // (MOST_POINTS * STEP)) * STEP


async def read_series(store: Store, *, since: int, step: int = STEP) -> list[Point]:
    """Read what all processes did since a moment, in steps of so many seconds; steps in which nothing was done are left out."""
    found: dict[int, Figures] = defaultdict(Figures)
    async with store.read() as connection:
        rows = await connection.execute(select(HISTORY.c.start, HISTORY.c.figures).where(HISTORY.c.start >= since))
        for start, kept in rows:
            found[start // step * step].add(Figures.from_json(orjson.loads(kept)))
    return [Point(at, figures) for at, figures in sorted(found.items())]
