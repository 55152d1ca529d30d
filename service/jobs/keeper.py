"""Keeps a runner alive while there is work for one, and removes what is past its time."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import secrets
import shutil
import socket
import time
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from pathlib import Path

from sqlalchemy import and_, delete, select, update
from structlog.typing import FilteringBoundLogger

from service.jobs.board import count_claimable, release_owner
from service.jobs.files import files_of
from service.jobs.model import UNFINISHED, State
from service.jobs.runner import run_jobs
from service.jobs.tables import JOBS
from service.settings import Settings
from service.store import Store, StoreUnavailableError, attempt, now

_SWEEP_SECONDS = 60.0
_ORPHAN_SECONDS = 86_400.0
"""Age of a folder without a job that is removed: an upload that broke off, or one that goes on for longer than any may."""

_PATIENCE_SECONDS = 5.0
"""How long a runner may take to leave: its workers finish the chunk that they are at."""

_PAUSE_SECONDS = 1.0
"""Before a runner that ended before its time is started again."""


class Keeper:
    """Starts the runner when a job waits, and starts it again when it ended over one."""

    def __init__(self, settings: Settings, store: Store, logger: FilteringBoundLogger) -> None:
        self._settings = settings
        self._store = store
        self._logger = logger
        self._rung = asyncio.Event()
        self._runner: SpawnProcess | None = None
        self._owner = ""
        self._task: asyncio.Task[None] | None = None
        self._swept = 0.0

    def start(self) -> None:
        """Start to look after jobs."""
        self._task = asyncio.create_task(self._keep())

    async def wake(self) -> None:
        """Look at once: there may be work."""
        self._rung.set()

    @property
    def runner_pid(self) -> int | None:
        """Give the process id of the runner, while there is one."""
        return self._runner.pid if self._runner is not None and self._runner.is_alive() else None

    async def stop(self) -> None:
        """End the runner; what it had not yet kept is done again after the next start."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._runner is not None:
            self._runner.terminate()
            await asyncio.to_thread(self._runner.join, _PATIENCE_SECONDS)
            self._runner.kill()
            await asyncio.to_thread(self._runner.join)
            await self._bury()

    async def _keep(self) -> None:
        await attempt(self._release_dead(), self._logger, "jobs not looked after")
        while True:
            self._rung.clear()
            await attempt(self._look(), self._logger, "jobs not looked after")
            # Not wait_for, which in Python 3.11 forgets that it was cancelled when the event is set at the same moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.news_seconds):
                    await self._rung.wait()

    async def _look(self) -> None:
        if self._runner is not None and not self._runner.is_alive():
            if self._runner.exitcode:
                self._logger.warning("runner ended", code=self._runner.exitcode)
                await asyncio.sleep(_PAUSE_SECONDS)
            await self._bury()
        if self._runner is None and await count_claimable(self._store):
            self._owner = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}"
            self._runner = multiprocessing.get_context("spawn").Process(target=run_jobs, args=(self._settings, self._owner))
            await asyncio.to_thread(self._runner.start)
        if time.monotonic() - self._swept > _SWEEP_SECONDS or not self._swept:
            self._swept = time.monotonic()
            await sweep(self._store, self._settings)

    async def _bury(self) -> None:
        """Give back at once what a runner of ours held, rather than wait until its lease runs out."""
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.close()
            with suppress(StoreUnavailableError):
                await release_owner(self._store, self._owner)

    async def _release_dead(self) -> None:
        """Give back what runners of this machine held whose service is gone; those of other machines have their leases."""
        async with self._store.read() as connection:
            held = select(JOBS.c.lease_owner).where(JOBS.c.lease_owner.is_not(None)).distinct()
            owners = (await connection.execute(held)).scalars().all()
        for owner in owners:
            host, pid, _ = owner.rsplit(":", 2)
            if host == socket.gethostname()[:60] and not _is_alive(int(pid)):
                await release_owner(self._store, owner)


async def sweep(store: Store, settings: Settings) -> None:
    """Remove the files of jobs whose time is over, forget those that were over long ago, and remove folders that no job has."""
    moment = now()
    over = and_(JOBS.c.expires < moment, JOBS.c.state.not_in((*UNFINISHED, State.EXPIRED)))
    async with store.write() as connection:
        expired = update(JOBS).where(over).values(state=State.EXPIRED, idempotency_key=None).returning(JOBS.c.id)
        gone = list((await connection.execute(expired)).scalars())
        await connection.execute(
            delete(JOBS).where(JOBS.c.state == State.EXPIRED, JOBS.c.expires < moment - settings.job_keep_hours * 3600)
        )
        known = set((await connection.execute(select(JOBS.c.id))).scalars())
    for job_id in gone:
        await asyncio.to_thread(files_of(settings.state, job_id).remove)
    await asyncio.to_thread(_remove_orphans, settings.state / "jobs", known, moment - _ORPHAN_SECONDS)


def _remove_orphans(folder: Path, known: set[str], before: float) -> None:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        with suppress(OSError):
            if entry.name not in known and entry.stat().st_mtime < before:
                shutil.rmtree(entry, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
