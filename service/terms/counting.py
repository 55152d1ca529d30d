"""Counts what stays unresolved: in memory while requests are answered, and in the store every few seconds."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.typing import FilteringBoundLogger

from normalizers import OVERRIDABLE, term_key
from service.settings import Settings
from service.store import Store, StoreUnavailableError, attempt, insert, now
from service.terms.tables import DAYS, DECISIONS, SOURCES, TERMS

LONGEST = 1_000
"""Characters of the longest text that is a term: what is longer is a statement of its own, and hardly repeats."""

DAY = 86_400
KEPT_DAYS = 30
"""Days of which it is known how often a term was met: what "recently" means where an impact is told."""

_MOST_SOURCES = 20
_ROWS = 400
_TIDY_SECONDS = 300.0

Met = Mapping[tuple[str, str], tuple[int, str | None]]
"""How often each field and text was met, and the id of one record that it was met in."""


@dataclass(slots=True)
class _Term:
    folded: str
    text: str
    count: int = 0
    example: str | None = None
    sources: Counter[str] = field(default_factory=Counter)


def key_of(folded: str) -> str:
    """Give the key that stands for a folded text in addresses."""
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def gather(met: Mapping[str, Met]) -> dict[tuple[str, str], _Term]:
    """Put together what folds alike, by source."""
    terms: dict[tuple[str, str], _Term] = {}
    for source, values in met.items():
        for (name, text), (count, example) in values.items():
            folded = term_key(text)
            if name not in OVERRIDABLE or not folded or len(text) > LONGEST:
                continue
            term = terms.setdefault((name, key_of(folded)), _Term(folded, text.replace("\0", " ")))
            term.count += count
            term.example = term.example or (example and example.replace("\0", " "))
            term.sources[source] += count
    return terms


async def add_counts(connection: AsyncConnection, terms: Mapping[tuple[str, str], _Term], moment: float) -> None:
    """Add what was met to what the store has counted, in the transaction of the connection."""
    # In one order everywhere, so that two processes never wait for each other's rows crosswise.
    met = [({"field": name, "key": key}, term) for (name, key), term in sorted(terms.items())]
    seen, day = {"first_seen": moment, "last_seen": moment}, int(moment // DAY)
    rows = [{**row, **seen, "folded": term.folded, "text": term.text, "count": term.count, "example": term.example} for row, term in met]
    days = [{**row, "day": day, "count": term.count} for row, term in met]
    sources = [
        {**row, "source": source, "count": count} for row, term in met for source, count in sorted(term.sources.items())[:_MOST_SOURCES]
    ]
    await _add_up(connection, TERMS, rows, last_seen=lambda new: new.last_seen, example=_first_example)
    await _add_up(connection, DAYS, days)
    await _add_up(connection, SOURCES, sources)


def _first_example(new: Any) -> Any:
    return func.coalesce(TERMS.c.example, new.example)


async def _add_up(connection: AsyncConnection, table: Table, rows: list[dict[str, Any]], **changes: Callable[[Any], Any]) -> None:
    """Add the counts of rows to those that are there.

    The driver is given one statement and all rows. To write out a statement with every row in it takes longer than to read the values
    that are counted, and nobody is answered meanwhile.
    """
    adding = insert(connection, table)
    latest = {"count": table.c.count + adding.excluded.count, **{name: change(adding.excluded) for name, change in changes.items()}}
    statement = adding.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=latest)
    for start in range(0, len(rows), _ROWS):
        await connection.execute(statement, rows[start : start + _ROWS])


class TermCounter:
    """Takes note of terms in bounded memory, and brings them to the store in batches; no request waits for it."""

    def __init__(self, settings: Settings, store: Store, logger: FilteringBoundLogger) -> None:
        self._settings = settings
        self._store = store
        self._logger = logger
        self._met: dict[str, dict[tuple[str, str], tuple[int, str | None]]] = {}
        self._size = 0
        self.dropped = 0
        self._task: asyncio.Task[None] | None = None
        self._tidied = 0.0
        self._one_at_a_time = asyncio.Lock()

    def note(self, source: str, values: Met) -> None:
        """Take note of what one request met; beyond the bound only what is counted already."""
        met = self._met.setdefault(source, {})
        for value, (count, example) in values.items():
            known = met.get(value)
            if known is None and self._size >= self._settings.terms_pending:
                self.dropped += count
                continue
            self._size += known is None
            met[value] = (count + (known[0] if known else 0), (known[1] if known else None) or example)

    def start(self) -> None:
        """Start to bring counts to the store."""
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Bring the last counts to the store."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self.flush()

    async def flush(self) -> None:
        """Bring what is noted to the store, and be done when it is there; what cannot be brought stays noted."""
        async with self._one_at_a_time:
            await self._flush()

    async def _flush(self) -> None:
        met, self._met, self._size = self._met, {}, 0
        if not any(met.values()):
            return
        try:
            terms = await asyncio.to_thread(gather, met)
            if terms:
                async with self._store.write() as connection:
                    await add_counts(connection, terms, now())
        except StoreUnavailableError as fault:
            self._logger.warning("store unreachable", detail=str(fault))
            for source, values in met.items():
                self.note(source, values)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._settings.terms_seconds)
            await attempt(self.flush(), self._logger, "terms not counted")
            if now() - self._tidied > _TIDY_SECONDS:
                self._tidied = now()
                await attempt(tidy(self._store, self._settings.terms_kept), self._logger, "terms not counted")


async def tidy(store: Store, most: int) -> None:
    """Forget days that are long gone, and, where there are too many terms, the rarest ones that nobody decided on."""
    async with store.write() as connection:
        await connection.execute(delete(DAYS).where(DAYS.c.day < int(now() // DAY) - KEPT_DAYS))
        excess = int((await connection.execute(select(func.count()).select_from(TERMS))).scalar_one()) - most
        if excess <= 0:
            return
        decided = select(DECISIONS.c.key).where(DECISIONS.c.field == TERMS.c.field, DECISIONS.c.key == TERMS.c.key).exists()
        rarest = select(TERMS.c.field, TERMS.c.key).where(~decided).order_by(TERMS.c.count, TERMS.c.last_seen).limit(excess)
        gone = [(row.field, row.key) for row in await connection.execute(rarest)]
        for start in range(0, len(gone), _ROWS):
            for table in (TERMS, SOURCES, DAYS):
                chosen = (and_(table.c.field == name, table.c.key == key) for name, key in gone[start : start + _ROWS])
                await connection.execute(delete(table).where(or_(*chosen)))
