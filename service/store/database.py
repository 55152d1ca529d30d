"""Opens the database, and gives connections for reading and for writing."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from service.store.migrating import bring_up_to_date

FILE = "drets.sqlite3"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_BUSY_SECONDS = 15
"""How long a transaction waits for another process to finish its own: chunks and counts are written in milliseconds."""

_POOL = 5
_MODE = "drets_begin"
_AWAY = ("08", "53", "57P")
"""Classes of PostgreSQL's error codes: connection lost, no resources, and an operator's stop or start (its manual, appendix A)."""


class StoreError(Exception):
    """The store cannot be used as it is set up; the message says why, and is for whoever runs the service."""


class StoreUnavailableError(Exception):
    """The database cannot be reached at the moment."""


def now() -> float:
    """Give the time as the store keeps it: seconds since 1970."""
    return time.time()


class Store:
    """A database that is open."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._inode = _inode(engine.url)
        self._writer = engine.execution_options(**{_MODE: "BEGIN IMMEDIATE"})

    @property
    def is_shared(self) -> bool:
        """Tell whether other machines may have the same store open."""
        return self.engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for looking; what it sees is of one moment.

        Raises:
            StoreUnavailableError: The database does not answer.
        """
        self._check_place()
        with _translated():
            async with self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection whose changes are all kept at the end of the block, or none if it raises.

        SQLite has one writer at a time: it is waited for here, where nothing was read yet that could have changed meanwhile.

        Raises:
            StoreUnavailableError: The database does not answer.
        """
        self._check_place()
        with _translated():
            async with self._writer.begin() as connection:
                yield connection

    async def migrate(self) -> None:
        """Run the migrations that are missing.

        Raises:
            StoreError: The database cannot be reached or written, or is of a newer version of drets.
        """
        try:
            async with self._writer.begin() as connection:
                await connection.run_sync(bring_up_to_date)
            self._inode = _inode(self.engine.url)
        except (SQLAlchemyError, OSError) as fault:
            raise StoreError(f"the store {self} cannot be used: {_reason(fault)}") from fault
        except LookupError as fault:
            raise StoreError(f"the store {self} cannot be used: {fault.args[0]}") from fault

    async def close(self) -> None:
        """Let go of all connections."""
        await self.engine.dispose()

    def _check_place(self) -> None:
        """Refuse a file that was taken away: whoever has it open could go on writing, and all of that would be lost with the process."""
        if _inode(self.engine.url) != self._inode:
            raise StoreUnavailableError("the file of the store is not where it was")

    def __str__(self) -> str:
        return self.engine.url.render_as_string(hide_password=True)


async def open_store(url: str | None, folder: Path) -> Store:
    """Open a store and bring its tables up to date; without a URL it is a file in the folder.

    The folder is made where it is missing, for files of jobs are kept there in either case.

    Raises:
        StoreError: It cannot be written, reached or understood.
    """
    _prepare_folder(folder)
    target = _read_url(url) if url else _file_url(folder)
    store = Store(_build_engine(target))
    try:
        await store.migrate()
    except BaseException:
        await store.close()
        raise
    return store


def _read_url(text: str) -> URL:
    """Read the URL of a store, and choose the driver for it."""
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError) as fault:
        # Without what was given, for a password stands in it.
        raise StoreError("DRETS_STORE is no URL of a database") from fault
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _file_url(folder: Path) -> URL:
    """Give the address of the file in a folder: absolute, so that messages tell where it lies, wherever they are read."""
    return URL.create("sqlite+aiosqlite", database=str(folder.absolute() / FILE))


def _prepare_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise StoreError(f"the folder {folder} (DRETS_STATE) cannot be written: {fault.strerror}") from fault


def _inode(url: URL) -> int | None:
    """Give what tells the file of a database from any other; None where there is none."""
    if not url.drivername.startswith("sqlite") or not url.database:
        return None
    try:
        return Path(url.database).stat().st_ino
    except OSError:
        return None


def _build_engine(url: URL) -> AsyncEngine:
    try:
        if url.drivername.startswith("postgresql"):
            return create_async_engine(url, pool_size=_POOL, pool_pre_ping=True, pool_recycle=1800, connect_args={"timeout": 10})
    except ModuleNotFoundError as fault:
        raise StoreError("PostgreSQL needs the driver that `pip install drets[postgres]` brings") from fault
    engine = create_async_engine(url, pool_size=_POOL, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers and one writer side by side (WAL); every commit waits for the disk, so that an accepted job is there after a power cut."""
    # Python's driver would begin transactions by itself, too late for what was read before.
    connection.isolation_level = None
    cursor = connection.cursor()
    _enter_wal(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _enter_wal(cursor: Any) -> None:
    """Have the file written ahead; where another process makes the same new file at this moment, wait for it.

    SQLite does not wait here by itself: it reads the file first, and then two that mean to write would wait for each other for ever.
    """
    last = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_MODE, "BEGIN"))


class _translated:  # noqa: N801 -- reads as a statement where it is used
    """Tells a database that does not answer from a fault of ours."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, OperationalError | InterfaceError | PoolTimeoutError | OSError) or (
            isinstance(fault, DBAPIError) and (fault.connection_invalidated or _says_it_is_away(fault.orig))
        ):
            raise StoreUnavailableError(_reason(fault)) from fault


def _says_it_is_away(fault: BaseException | None) -> bool:
    """Tell whether the database itself says that it cannot answer now, as one does that starts, stops, or has no connection left."""
    return isinstance(fault, sqlite3.OperationalError) or str(getattr(fault, "sqlstate", None)).startswith(_AWAY)


def _reason(fault: BaseException) -> str:
    """Say what the driver said, without the statement and its parameters."""
    cause = fault.orig if isinstance(fault, DBAPIError) and fault.orig is not None else fault
    return str(cause) or type(cause).__name__
