"""A client may make as many requests as the limit says, whichever process or instance it asks."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from service.keys import Scope
from service.keys.secrets import make_key
from service.keys.tables import add_key
from service.logs import build_logger
from service.rates import Rates, Sharing
from service.rates.table import RATES, add_taken, drop_full, load_left
from service.settings import Settings
from service.store import Store, now, open_store
from tests.service.conftest import Start

READING = "/v1/values/license?text=CC0"
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


async def make_key_in(state: Path) -> str:
    store, made = await open_store(None, state), make_key()
    await add_key(store, made, name="test", scopes=frozenset({Scope.NORMALIZE}), seconds=None)
    await store.close()
    return made.key


def told(moment: dict[str, float]) -> Callable[[AsyncConnection], Awaitable[float]]:
    """Give a clock of the database that passes only when it is told to."""

    async def tell(_connection: AsyncConnection) -> float:
        return moment["now"]

    return tell


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000.0
    monkeypatch.setattr("service.rates.buckets.monotonic", lambda: moment)
    rates = Rates(60)
    assert [rates.wait("a") for _ in range(10)] == [0.0] * 10
    assert rates.wait("a") == pytest.approx(1.0)
    assert rates.wait("b") == 0
    moment += 1.0
    assert [rates.wait("a"), rates.wait("a") > 0] == [0.0, True]


def test_no_limit_counts_nobody() -> None:
    rates = Rates(0)
    assert not any(rates.wait(str(number)) for number in range(1_000))


def test_clients_are_forgotten_in_the_end() -> None:
    rates = Rates(60)
    for number in range(12_000):
        rates.wait(str(number))
    assert len(rates._due) == 10_000  # noqa: SLF001 - the bound is the point


@pytest.mark.parametrize("limit", ["address_requests_per_minute", "key_requests_per_minute"])
async def test_who_has_asked_one_process_is_told_to_wait_by_the_other(start: Start, limit: str, state: Path) -> None:
    headers = {"Authorization": f"Bearer {await make_key_in(state)}"} if limit.startswith("key") else None
    one, other = [await start(**{limit: 30, "news_seconds": 0.05}) for _ in range(2)]
    assert [(await one.client.get(READING, headers=headers)).status for _ in range(6)] == [200] * 5 + [429]
    await asyncio.sleep(0.3)
    refused = await other.client.get(READING, headers=headers)
    assert refused.status == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 10


@BOTH
async def test_the_longest_debt_is_the_bursts_of_all_and_is_paid(opened: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both let a burst pass before they hear of each other; then none passes until as much has flowed in again."""
    moment = {"now": 1_000.0}
    monkeypatch.setattr("service.rates.buckets.monotonic", lambda: moment["now"])
    monkeypatch.setattr("service.rates.table._moment", told(moment))
    rates = Rates(60), Rates(60)
    passed: list[float] = []
    for _ in range(240):
        for one, store in zip(rates, opened, strict=True):
            await add_taken(store, one.take())
            one.replace(await load_left(store))
        passed += [moment["now"] for one in rates for _ in range(20) if not one.wait("a")]
        moment["now"] += 0.25
    assert passed.count(1_000.0) == 20
    assert len(passed) <= 60 + 20
    assert len([when for when in passed if when >= 1_015]) >= 40


@BOTH
async def test_what_two_take_at_once_adds_up(opened: tuple[Store, Store]) -> None:
    for _ in range(10):
        await asyncio.gather(*(add_taken(store, dict.fromkeys(("a", "b", "c"), 2.0)) for store in opened))
    left = await load_left(opened[0])
    assert left == {name: pytest.approx(40, abs=15) for name in ("a", "b", "c")}
    assert (await load_left(opened[1])).keys() == left.keys()


@BOTH
async def test_full_buckets_are_forgotten_and_a_wrong_clock_locks_nobody_out(opened: tuple[Store, Store]) -> None:
    store, other = opened
    rows = [{"client": "full", "due": now() - 1}, {"client": "strange", "due": now() + 1e6}, {"client": "taken", "due": now() + 100}]
    async with store.write() as connection:
        await connection.execute(sa.insert(RATES), rows)
    assert (await load_left(other)).keys() == {"taken"}
    await add_taken(other, {"strange": 3.0})
    assert (await load_left(other))["strange"] <= 3
    await drop_full(other)
    async with store.read() as connection:
        assert set((await connection.execute(sa.select(RATES.c.client))).scalars()) == {"strange", "taken"}


async def test_while_the_store_is_away_each_counts_by_itself(tmp_path: Path) -> None:
    store = await open_store(None, tmp_path)
    rates = Rates(60)
    sharing = Sharing(store, build_logger(Settings(), sys.stderr), {"key": rates}, every=0.02)
    sharing.start()
    async with store.write() as connection:
        await connection.execute(sa.text("ALTER TABLE rates RENAME TO gone"))
    await asyncio.sleep(0.3)
    assert [bool(rates.wait("a")) for _ in range(11)] == [False] * 10 + [True]
    await asyncio.sleep(0.1)
    assert rates.wait("a") > 0
    async with store.write() as connection:
        await connection.execute(sa.text("ALTER TABLE gone RENAME TO rates"))
    rates.wait("b")
    await sharing.stop()
    assert (await load_left(store)).keys() == {"key b"}
    await store.close()
