"""The table of buckets that are not full."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, ColumnElement, Float, String, Table, case, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.store import METADATA, Store, insert, now

RATES = Table(
    "rates",
    METADATA,
    Column("client", String(100), primary_key=True, comment="an address or the id of a key, and which"),
    Column("due", Float, nullable=False, comment="when its bucket will be full again"),
)
_LONGEST_SECONDS = 3_600.0
"""What is due later than this was written by a clock that was wrong, and counts as full: nobody is locked out for ever."""


async def add_taken(store: Store, taken: Mapping[str, float]) -> None:
    """Put buckets off by the seconds that each was taken from."""
    if not taken:
        return
    # In one order everywhere, so that two instances never wait for each other's rows crosswise.
    async with store.write() as connection:
        moment = await _moment(connection)
        rows = [{"client": client, "due": moment + taken[client]} for client in sorted(taken)]
        statement = insert(connection, RATES)
        base = case((_is_not_full(moment), RATES.c.due), else_=moment)
        put_off = base + (statement.excluded.due - moment)
        await connection.execute(statement.on_conflict_do_update(index_elements=["client"], set_={"due": put_off}), rows)


async def load_left(store: Store) -> dict[str, float]:
    """Give the seconds after which each bucket that is not full will be."""
    async with store.read() as connection:
        moment = await _moment(connection)
        rows = await connection.execute(select(RATES).where(_is_not_full(moment)))
        return {row.client: row.due - moment for row in rows}


async def drop_full(store: Store) -> None:
    """Forget the buckets that are full; one that somebody takes from at this moment is left for the next time."""
    async with store.write() as connection:
        full = select(RATES.c.client).where(~_is_not_full(await _moment(connection))).with_for_update(skip_locked=True)
        await connection.execute(delete(RATES).where(RATES.c.client.in_(full)))


async def _moment(connection: AsyncConnection) -> float:
    """Give the time by one clock for all: that of the machine that the database is on."""
    if connection.dialect.name != "postgresql":
        return now()
    return float((await connection.execute(select(func.extract("epoch", func.clock_timestamp())))).scalar_one())


def _is_not_full(moment: float) -> ColumnElement[bool]:
    return RATES.c.due.between(moment, moment + _LONGEST_SECONDS)
