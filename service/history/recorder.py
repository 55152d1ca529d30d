"""Counts what one process answers, and writes the count of the minute into the store every few seconds."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

import orjson
from sqlalchemy import delete
from structlog.typing import FilteringBoundLogger

from service.history.figures import Figures
from service.history.table import HISTORY, STEP
from service.store import Store, StoreUnavailableError, attempt, insert, now
from service.tally import Counts

_DAY = 86_400
_APART = ("/v1/stats", "/metrics", "/healthz", "/readyz", "/assets", "/docs", "/openapi.json")
"""What is asked about the service itself would drown what is asked of it; a page that is left open asks all day."""


class Recorder:
    """The figures of one process.

    Args:
        store: Where the figures are kept; None keeps none.
        flush: Has all told that was counted so far; called before figures are written.
        every: Seconds between two writings, which is how late the other processes hear of it.
        days: How long figures are kept.
    """

    def __init__(self, store: Store, logger: FilteringBoundLogger, *, flush: Callable[[], None], every: float, days: int) -> None:
        self._store = store
        self._flush = flush
        self._logger = logger
        self._every = every
        self._days = days
        self._process = secrets.token_hex(16)
        self._start = self._minute()
        self._figures = Figures()
        self._is_changed = False
        self._writing: asyncio.Task[None] | None = None

    def note_request(self, route: str, status: int, seconds: float) -> None:
        """Count an answered request, unless it was about the service itself."""
        if not route.startswith(_APART) and not route.endswith("/events"):
            self._figures.note_request(status, seconds)
            self._is_changed = True

    def note_counts(self, counts: Counts) -> None:
        """Count readings by field and status, and issues by their codes."""
        for (name, status, _method), count in counts.readings.items():
            self._figures.values[name, status] += count
        self._figures.issues.update(counts.issues)
        self._is_changed = self._is_changed or bool(counts.readings)

    def start(self) -> None:
        """Write from now on."""
        self._writing = asyncio.create_task(self._write_on())

    async def stop(self) -> None:
        """Write what is left, and stop."""
        if self._writing is not None:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
        with suppress(StoreUnavailableError):
            await self.write()

    async def write(self) -> None:
        """Write the count of this minute, and begin the next one where the minute is over.

        Raises:
            StoreUnavailableError: The database does not answer; what was counted is kept for the next time.
        """
        self._flush()
        minute = self._minute()
        if self._is_changed:
            self._is_changed = False
            try:
                await self._put(self._start, self._figures)
            except StoreUnavailableError:
                self._is_changed = True
                raise
        if minute != self._start:
            self._start, self._figures, self._is_changed = minute, Figures(), False
            await self._forget(minute - self._days * _DAY)

    async def _write_on(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            await attempt(self.write(), self._logger, "figures not kept")

    async def _put(self, start: int, figures: Figures) -> None:
        kept = orjson.dumps(figures.as_json()).decode()
        async with self._store.write() as connection:
            row = insert(connection, HISTORY).values(start=start, process=self._process, figures=kept)
            await connection.execute(row.on_conflict_do_update(index_elements=["start", "process"], set_={"figures": kept}))

    async def _forget(self, before: int) -> None:
        async with self._store.write() as connection:
            await connection.execute(delete(HISTORY).where(HISTORY.c.start < before))

    @staticmethod
    def _minute() -> int:
        return int(now()) // STEP * STEP
