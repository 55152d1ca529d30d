"""A bucket for each client that fills steadily and holds some seconds' worth; each request takes one from it.

A bucket is kept as the moment at which it will be full again (the generic cell rate algorithm): each request puts that off by the time in
which one more flows in. So what several processes took from one bucket is added up by adding times, in whatever order they tell it.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping
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
        self._cost = 60 / per_minute if per_minute else 0.0
        self._full = max(self._cost, _BURST_SECONDS)
        self._due: OrderedDict[str, float] = OrderedDict()
        self._taken: Counter[str] = Counter()

    @property
    def is_limited(self) -> bool:
        """Tell whether there is a limit."""
        return self._cost > 0

    def wait(self, client: str) -> float:
        """Count a request; gives the seconds after which the client may make it, 0 where it may now."""
        if not self._cost:
            return 0.0
        moment = monotonic()
        due = max(self._due.pop(client, moment), moment)
        short = max(0.0, due - moment + self._cost - self._full)
        if not short:
            due += self._cost
            self._taken[client] += 1
        self._due[client] = due
        self._forget()
        return short

    def take(self) -> dict[str, float]:
        """Give the seconds by which each client put its bucket off since this was asked last, for others to hear of."""
        taken, self._taken = self._taken, Counter()
        return {client: count * self._cost for client, count in taken.items()}

    def replace(self, left: Mapping[str, float]) -> None:
        """Take over the seconds after which each bucket will be full, as all processes together have it; any other is full.

        What was taken here since it was last told stays taken.
        """
        moment = monotonic()
        due = {client: moment + seconds for client, seconds in left.items()}
        for client, count in self._taken.items():
            due[client] = due.get(client, moment) + count * self._cost
        self._due = OrderedDict(due)
        self._forget()

    def _forget(self) -> None:
        while len(self._due) > _MOST_CLIENTS:
            client, _ = self._due.popitem(last=False)
            self._taken.pop(client, None)
