"""The board that jobs hang on: who takes one up, how far it is, and who may still say so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Update, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.jobs.model import UNFINISHED, Job, Part, Progress, State
from service.jobs.tables import JOBS, PARTS
from service.store import Store, insert, now

Beside = Callable[[AsyncConnection], Awaitable[None]]
"""What else is kept in the transaction that keeps a chunk."""


class LeaseLostError(Exception):
    """A job is no longer ours: it was cancelled, deleted, or taken up by another runner that thought us dead."""


class Board:
    """Takes jobs up for one runner, and keeps what it did for them.

    Args:
        store: Where the jobs are.
        owner: Name of the runner, that no other has.
        lease: Seconds after which a runner that gave no sign is taken for dead.
    """

    def __init__(self, store: Store, *, owner: str, lease: float) -> None:
        self._store = store
        self._owner = owner
        self._lease = lease

    async def claim(self) -> Job | None:
        """Take up the job that waited longest for its turn, if any waits; with PostgreSQL no two runners wait for the same row."""
        async with self._store.write() as connection:
            waiting = select(JOBS).where(claimable()).order_by(JOBS.c.turn, JOBS.c.created, JOBS.c.id).limit(1)
            row = (await connection.execute(waiting.with_for_update(skip_locked=True))).one_or_none()
            if row is None:
                return None
            moment = now()
            taken = {
                "state": State.RUNNING,
                "epoch": row.epoch + 1,
                "lease_owner": self._owner,
                "lease_until": moment + self._lease,
                "turn": moment,
                "started": row.started or moment,
            }
            changed = await connection.execute(update(JOBS).where(JOBS.c.id == row.id).values(taken).returning(JOBS))
            return Job.of(changed.one())

    async def renew(self, jobs: Collection[str]) -> None:
        """Give a sign of life for jobs of ours, by their ids."""
        async with self._store.write() as connection:
            await connection.execute(update(JOBS).where(self._ours(), JOBS.c.id.in_(jobs)).values(lease_until=now() + self._lease))

    async def parts(self, job: Job) -> list[Part]:
        """Give the files that count, in the order of the records."""
        async with self._store.read() as connection:
            rows = await connection.execute(select(PARTS).where(PARTS.c.job == job.id).order_by(PARTS.c.epoch))
            return [Part(row.epoch, row.output, row.rejects) for row in rows]

    async def commit(self, job: Job, progress: Progress, part: Part, beside: Beside | None = None) -> None:
        """Keep what a chunk came to; the bytes that the part speaks of must lie on the disk.

        Raises:
            LeaseLostError: The job is no longer ours, and nothing was kept.
        """
        async with self._store.write() as connection:
            await self._change(connection, job, {**asdict(progress), "attempts": 0, "lease_until": now() + self._lease})
            statement = insert(connection, PARTS).values(job=job.id, **asdict(part))
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["job", "epoch"], set_={"output": part.output, "rejects": part.rejects})
            )
            if beside is not None:
                await beside(connection)

    async def finish(self, job: Job, *, expires: float, fault: str | None = None) -> None:
        """Say that a job is done, or why it cannot be. Raises LeaseLostError."""
        async with self._store.write() as connection:
            end = {"state": State.DONE if fault is None else State.FAILED, "finished": now(), "expires": expires, "fault": fault}
            await self._change(connection, job, {**end, "lease_owner": None, "lease_until": None, "seconds_left": None})

    async def give_back(self, job: Job, *, attempts: int) -> None:
        """Let another take a job up, or the same one later; raises LeaseLostError. ``attempts``: how often it ended a worker."""
        async with self._store.write() as connection:
            await self._change(connection, job, {"lease_owner": None, "lease_until": None, "attempts": attempts})

    async def _change(self, connection: AsyncConnection, job: Job, values: dict[str, Any]) -> None:
        statement: Update = update(JOBS).where(and_(JOBS.c.id == job.id, JOBS.c.epoch == job.epoch, self._ours())).values(values)
        if (await connection.execute(statement)).rowcount != 1:
            raise LeaseLostError(job.id)

    def _ours(self) -> Any:
        return and_(JOBS.c.lease_owner == self._owner, JOBS.c.state == State.RUNNING)


def claimable() -> Any:
    """Say which jobs wait to be taken up: what nobody has, or what someone had who has given no sign for too long."""
    return and_(JOBS.c.state.in_(UNFINISHED), or_(JOBS.c.lease_until.is_(None), JOBS.c.lease_until < now()))


async def count_claimable(store: Store) -> int:
    """Count the jobs that wait to be taken up."""
    async with store.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(JOBS).where(claimable()))).scalar_one())


async def release_owner(store: Store, owner: str) -> None:
    """Give back what a runner held that is known to be dead."""
    async with store.write() as connection:
        await connection.execute(update(JOBS).where(JOBS.c.lease_owner == owner).values(lease_owner=None, lease_until=None))
