"""How many requests each client may make: a bucket for each that fills steadily and holds some seconds' worth."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

_BURST_SECONDS = 10.0
_MOST_CLIENTS = 10_000
"""Clients that are remembered; whoever asked longest ago is forgotten first, and starts with a full bucket again."""


class Rates:
    """Counts the requests of many clients, in bounded memory.

    Args:
        per_minute: Requests a minute that each may make; 0 sets no limit.
    """

    def __init__(self, per_minute: int) -> None:
        self._rate = per_minute / 60
        self._full = max(1.0, self._rate * _BURST_SECONDS)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Count a request; gives the seconds after which the client may make it, 0 where it may now."""
        if not self._rate:
            return 0.0
        moment = monotonic()
        held, since = self._buckets.pop(client, (self._full, moment))
        held = min(self._full, held + (moment - since) * self._rate)
        taken = held >= 1
        self._buckets[client] = (held - 1 if taken else held, moment)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - held) / self._rate
