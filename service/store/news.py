"""News between processes and instances: who changes what others keep in memory announces it, and they hear of it soon."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.typing import FilteringBoundLogger

from service.logs import log_error
from service.store.attempts import attempt
from service.store.database import Store, StoreUnavailableError
from service.store.tables import NEWS
from service.store.upsert import insert

CHANNEL = "drets"
Listener = Callable[[], Awaitable[None]]


async def announce(connection: AsyncConnection, topic: str) -> None:
    """Tell every process, once the transaction of the connection is kept, that something of a topic changed."""
    statement = insert(connection, NEWS).values(topic=topic, version=1)
    await connection.execute(statement.on_conflict_do_update(index_elements=["topic"], set_={"version": NEWS.c.version + 1}))
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_notify(:channel, :topic)"), {"channel": CHANNEL, "topic": topic})


class News:
    """Looks every so often which topics have a new version; with PostgreSQL also at once when one is announced.

    The looking goes on there too: a notification is lost with the connection that it would have come by.
    """

    def __init__(self, store: Store, logger: FilteringBoundLogger, *, every: float) -> None:
        self._store = store
        self._logger = logger
        self._every = every
        self._versions: dict[str, int] = {}
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._rung = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def subscribe(self, topic: str, listener: Listener) -> None:
        """Have a listener called whenever a topic was announced, and once at the start if it ever was."""
        self._listeners[topic].append(listener)
        self._versions.pop(topic, None)
        self._rung.set()

    def look_now(self) -> None:
        """Look at once, for this process itself has announced something."""
        self._rung.set()

    def start(self) -> None:
        """Start to look and to listen."""
        self._tasks.append(asyncio.create_task(self._watch()))
        if self._store.is_shared:
            self._tasks.append(asyncio.create_task(self._listen()))

    async def stop(self) -> None:
        """Stop looking and listening."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        while True:
            self._rung.clear()
            await attempt(self._look(), self._logger, "news failed")
            # Not wait_for, which in Python 3.11 forgets that it was cancelled when the event is set at the same moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._rung.wait()

    async def _look(self) -> None:
        async with self._store.read() as connection:
            found = {row.topic: row.version for row in await connection.execute(select(NEWS))}
        changed = [topic for topic, version in found.items() if self._versions.get(topic) != version and topic in self._listeners]
        for topic in changed:
            if await self._tell(topic):
                self._versions[topic] = found[topic]

    async def _tell(self, topic: str) -> bool:
        """Call every listener of a topic; one that fails is told again at the next look."""
        try:
            for listener in self._listeners[topic]:
                await listener()
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 -- whatever fails in one listener, the others must go on hearing of news
            log_error(self._logger, "news failed", error, topic=topic)
            return False
        return True

    async def _listen(self) -> None:
        """Hold a connection of its own that notifications come by, and make a new one when it breaks."""
        while True:
            try:
                await self._listen_once()
            except (SQLAlchemyError, OSError):
                pass
            except Exception as error:  # noqa: BLE001 -- of the driver, which is called here without SQLAlchemy
                log_error(self._logger, "news failed", error)
            await asyncio.sleep(self._every)

    async def _listen_once(self) -> None:
        async with self._store.engine.connect() as connection:
            broken = asyncio.Event()
            raw: Any = (await connection.get_raw_connection()).driver_connection
            raw.add_termination_listener(lambda _raw: broken.set())
            await raw.add_listener(CHANNEL, lambda *_told: self._rung.set())
            self._rung.set()
            await broken.wait()
            await connection.invalidate()
