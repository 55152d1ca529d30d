"""What clients may do with jobs: give one, look at it, list them, stop one, have one forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, select, tuple_, update

from service.jobs.model import UNFINISHED, Job, State
from service.jobs.tables import JOBS
from service.store import Store, announce, insert, now

TOPIC = "jobs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job as it is given.

    ``fingerprint`` tells two orders apart that carry the same idempotency key; ``owner`` is the id of the key that it was given with.
    """

    id: str
    name: str
    format: str | None
    object: str | None
    bytes: int
    fingerprint: str
    owner: str = ""
    idempotency_key: str | None = None


class ConflictError(Exception):
    """The idempotency key was used for another order."""


async def give(store: Store, order: Order) -> Job:
    """Give a job. With an idempotency key that was used before, the answer is the job that was given then.

    Raises:
        ConflictError: That was a different one.
    """
    async with store.write() as connection:
        row = {name: getattr(order, name) for name in order.__slots__}
        statement = insert(connection, JOBS).values(**row, state=State.QUEUED, created=now())
        made = await connection.execute(statement.on_conflict_do_nothing(index_elements=["owner", "idempotency_key"]).returning(JOBS))
        if (given := made.one_or_none()) is not None:
            await announce(connection, TOPIC)
            return Job.of(given)
        same_key = (JOBS.c.owner == order.owner, JOBS.c.idempotency_key == order.idempotency_key)
        earlier = Job.of((await connection.execute(select(JOBS).where(*same_key))).one())
    if earlier.fingerprint != order.fingerprint:
        raise ConflictError
    return earlier


async def find(store: Store, job_id: str, owner: str | None = None) -> Job | None:
    """Give a job by its id, if there is one, and if it is the owner's where one is told."""
    async with store.read() as connection:
        row = (await connection.execute(_owned(select(JOBS).where(JOBS.c.id == job_id), owner))).one_or_none()
    return None if row is None else Job.of(row)


async def count_unfinished(store: Store) -> int:
    """Count the jobs that are not finished."""
    async with store.read() as connection:
        statement = select(func.count()).select_from(JOBS).where(JOBS.c.state.in_(UNFINISHED))
        return int((await connection.execute(statement)).scalar_one())


async def page(
    store: Store, *, limit: int, cursor: str | None, state: str | None, owner: str | None = None
) -> tuple[list[Job], str | None]:
    """List jobs, of one owner or of all, newest first, and give the cursor of the next page if there is one."""
    statement = _owned(select(JOBS).order_by(JOBS.c.created.desc(), JOBS.c.id.desc()).limit(limit + 1), owner)
    if cursor is not None:
        statement = statement.where(tuple_(JOBS.c.created, JOBS.c.id) < tuple_(*_read_cursor(cursor)))
    if state is not None:
        statement = statement.where(JOBS.c.state == state)
    async with store.read() as connection:
        jobs = [Job.of(row) for row in await connection.execute(statement)]
    more = len(jobs) > limit
    return jobs[:limit], _write_cursor(jobs[limit - 1]) if more else None


async def cancel(store: Store, job_id: str, *, expires: float) -> Job | None:
    """Stop a job, and give it as it is then; one that is finished stays as it is."""
    async with store.write() as connection:
        stop = {"state": State.CANCELLED, "finished": now(), "expires": expires, "lease_owner": None, "lease_until": None}
        await connection.execute(update(JOBS).where(JOBS.c.id == job_id, JOBS.c.state.in_(UNFINISHED)).values(**stop, seconds_left=None))
        row = (await connection.execute(select(JOBS).where(JOBS.c.id == job_id))).one_or_none()
    return None if row is None else Job.of(row)


async def forget(store: Store, job_id: str) -> bool:
    """Forget a job, finished or not; tell whether there was one."""
    async with store.write() as connection:
        return (await connection.execute(delete(JOBS).where(JOBS.c.id == job_id))).rowcount == 1


def _owned(statement: Select[Any], owner: str | None) -> Select[Any]:
    return statement if owner is None else statement.where(JOBS.c.owner == owner)


def _write_cursor(job: Job) -> str:
    return f"{job.created!r}-{job.id}"


def _read_cursor(cursor: str) -> tuple[float, str]:
    created, _, job_id = cursor.partition("-")
    return float(created), job_id
