"""How the things are that the service leans on; readings need the registry alone, so that the others warn and do not fail."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web
from sqlalchemy import func, select

from service.jobs.model import State
from service.jobs.tables import JOBS
from service.state import ENGINE, METRICS, SETTINGS, STORE, WORKERS
from service.store import StoreUnavailableError

_PATIENCE_SECONDS = 2.0
_DAY_SECONDS = 86_400
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_MONTH = len("2026-04")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing, as ``application/health+json`` says it."""

    status: str
    output: str

    def as_json(self) -> dict[str, str]:
        """Give the members of the check."""
        return {"status": self.status, "output": self.output}


async def check_all(app: web.Application) -> dict[str, Check]:
    """Look at the registry, the store, the workers and the disk."""
    settings, waiting = app[SETTINGS], app[WORKERS].waiting
    free = await asyncio.to_thread(_free_bytes, app)
    jobs = await count_jobs(app)
    return {
        "registry": Check("pass", app[ENGINE].reason()),
        "store": _passes(jobs is not None, "The store answers.", "The store does not answer; readings go on without it."),
        "workers": _passes(waiting <= settings.waiting_reads, f"{waiting} records wait.", f"{waiting} records wait; more are refused."),
        "disk": _passes(free > settings.free_bytes, f"{free:,} bytes are free.", f"Only {free:,} bytes are free; no jobs are taken."),
    }


async def count_jobs(app: web.Application) -> dict[str, int] | None:
    """Count the jobs by their state; None where the store does not answer."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS), app[STORE].read() as connection:
            rows = await connection.execute(select(JOBS.c.state, func.count()).group_by(JOBS.c.state))
            # Each state is counted, also where no job is in it: what one process told earlier would stand otherwise.
            return {**dict.fromkeys(map(str, State), 0), **{str(state): int(count) for state, count in rows}}
    except (StoreUnavailableError, TimeoutError):
        return None


async def note_state(app: web.Application) -> None:
    """Measure how things stand, for the figures."""
    engine, jobs = app[ENGINE], await count_jobs(app)
    versions = dict(engine.registry().versions) if engine.is_ready else {}
    state = {
        "ready": float(engine.is_ready),
        "active_requests": float(engine.active),
        "waiting_reads": float(app[WORKERS].waiting),
        "registry_loaded_timestamp_seconds": engine.loaded,
        "store_up": float(jobs is not None),
        "disk_free_bytes": float(await asyncio.to_thread(_free_bytes, app)),
    }
    app[METRICS].note_state(state, jobs or {}, versions, {name: age_days(told, engine.loaded) for name, told in versions.items()})


def age_days(told: str, loaded: float) -> float:
    """Give the days since the month or day that a version names, or, where it names none, since it was loaded."""
    begun = loaded
    if _DATED.fullmatch(told):
        with suppress(ValueError):
            begun = datetime.fromisoformat(told if len(told) > _MONTH else f"{told}-01").replace(tzinfo=UTC).timestamp()
    return max(0.0, (time.time() - begun) / _DAY_SECONDS)


def _free_bytes(app: web.Application) -> int:
    return shutil.disk_usage(app[SETTINGS].state).free


def _passes(good: bool, said: str, warned: str) -> Check:  # noqa: FBT001 -- what was found, not an option
    return Check("pass", said) if good else Check("warn", warned)
