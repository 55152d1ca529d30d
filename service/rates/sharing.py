"""Has all processes and instances of one store take from the same buckets.

No request waits for that: each process takes from its own copy, and tells the others every so often. What they took meanwhile is a debt of
the client, which it pays with its next requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic

from structlog.typing import FilteringBoundLogger

from service.rates.buckets import Rates
from service.rates.table import add_taken, drop_full, load_left
from service.store import Store, StoreUnavailableError, attempt

_TIDY_SECONDS = 60.0


class Sharing:
    """Tells and hears what was taken from the buckets of clients.

    Args:
        rates: The buckets by the kind of their clients.
        every: Seconds between two times.
    """

    def __init__(self, store: Store, logger: FilteringBoundLogger, rates: Mapping[str, Rates], *, every: float) -> None:
        self._store = store
        self._logger = logger
        self._rates = {kind: each for kind, each in rates.items() if each.is_limited}
        self._every = every
        self._tidied = monotonic()
        self._sharing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Share from now on, where there is any limit."""
        if self._rates:
            self._sharing = asyncio.create_task(self._share_on())

    async def stop(self) -> None:
        """Tell what is not told yet, and stop."""
        if self._sharing is not None:
            self._sharing.cancel()
            with suppress(asyncio.CancelledError):
                await self._sharing
            with suppress(StoreUnavailableError):
                await self.share()

    async def share(self) -> None:
        """Tell what was taken here, and take over what all took.

        Raises:
            StoreUnavailableError: The database does not answer; until it does each process counts by itself.
        """
        taken = {f"{kind} {client}": seconds for kind, rates in self._rates.items() for client, seconds in rates.take().items()}
        await add_taken(self._store, taken)
        left = await load_left(self._store)
        for kind, rates in self._rates.items():
            rates.replace({name.removeprefix(f"{kind} "): seconds for name, seconds in left.items() if name.startswith(f"{kind} ")})
        if monotonic() - self._tidied > _TIDY_SECONDS:
            self._tidied = monotonic()
            await drop_full(self._store)

    async def _share_on(self) -> None:
        while True:
            await attempt(self.share(), self._logger, "limits not shared")
            await asyncio.sleep(self._every)
