"""Too many requests are told to wait, of one client or of all; the service lives all the while."""

from __future__ import annotations

import pytest

from service.overload import Load
from service.rates import Rates
from service.state import WORKERS
from tests.service.conftest import Start

READING = "/v1/values/license?text=CC0"


async def test_one_address_may_ask_only_so_much(start: Start) -> None:
    service = await start(address_requests_per_minute=60)
    statuses = [(await service.client.get(READING)).status for _ in range(15)]
    assert statuses[:10] == [200] * 10
    assert set(statuses[11:]) == {429}
    response = await service.client.get(READING)
    problem = await service.problem(response, 429)
    assert (problem["type"], response.headers["Retry-After"]) == ("urn:drets:problem:too-many", "1")
    assert {(await service.client.get(path)).status for path in ("/healthz", "/readyz", "/metrics")} == {200}


async def test_what_waits_too_long_is_refused_at_once(start: Start) -> None:
    service = await start(waiting_reads=4)
    service.app[WORKERS].waiting = 5
    response = await service.client.get(READING)
    problem = await service.problem(response, 503)
    assert (problem["type"], response.headers["Retry-After"]) == ("urn:drets:problem:overloaded", "1")
    assert (await service.client.get("/healthz")).status == 200
    service.app[WORKERS].waiting = 0
    assert (await service.client.get(READING)).status == 200


def test_what_a_byte_costs_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = {"monotonic": 100.0, "process_time": 10.0}
    monkeypatch.setattr("service.overload.monotonic", lambda: clocks["monotonic"])
    monkeypatch.setattr("service.overload.process_time", lambda: clocks["process_time"])
    load = Load(0.12)
    works = [load.begin() for _ in range(10)]
    for work in works:
        load.grow(work, 500)
    assert not load.is_too_much()  # nothing is known yet of what it costs
    clocks["monotonic"] += 0.5
    clocks["process_time"] += 0.05
    load.end(works.pop())
    assert load.is_too_much()  # 9 in work at 50 milliseconds each
    while len(works) > 2:
        load.end(works.pop())
    assert not load.is_too_much()
    for work in works:
        load.end(work)
    clocks["monotonic"] += 60
    clocks["process_time"] += 30  # of other things, while nobody asked
    large = load.begin()
    load.grow(large, 10_000_000)
    load.end(large)
    assert not load.is_too_much()


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000.0
    monkeypatch.setattr("service.rates.monotonic", lambda: moment)
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
    assert len(rates._buckets) == 10_000  # noqa: SLF001 - the bound is the point
