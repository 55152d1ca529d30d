"""Too many requests are told to wait, of one client or of all; the service lives all the while."""

from __future__ import annotations

import asyncio

import pytest

from service.admission import GATE
from service.overload import Load
from service.state import ENGINE, WORKERS
from tests.processes import until
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


async def test_whoever_watches_a_job_is_no_work(start: Start) -> None:
    """Events last as long as their job: a hundred that wait for news would else turn everybody away."""
    service = await start(job_workers=0)
    given = await service.client.post("/v1/jobs", data=b"{}\n", headers={"Content-Type": "application/x-ndjson"})
    job = await given.json()
    watching = [await service.client.get(job["links"]["events"]) for _ in range(5)]
    load = service.app[GATE].load
    work = load.begin()
    assert load._in_work == work.weight  # noqa: SLF001 - nothing else is in work
    load.end(work)
    for watcher in watching:
        watcher.close()


async def test_clients_that_send_slowly_or_not_at_all_turn_nobody_away(start: Start) -> None:
    """A hundred half-sent requests and as many half-open connections, and others are answered as if they were not there."""
    service = await start(backlog_milliseconds=5)
    head = b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
    load = service.app[GATE].load
    writers = []
    for sent in (head, head[:20], b"") * 100:
        _, writer = await asyncio.open_connection(service.client.host, service.client.port)
        writer.write(sent)
        writers.append(writer)
    await until(lambda: service.app[ENGINE].active >= 100)
    assert load._in_work == 0  # noqa: SLF001 - nothing that could be read has come
    for number in range(30):
        assert (await service.client.get(f"/v1/values/license?text=CC{number}")).status == 200
    for writer in writers:
        writer.transport.abort()
    await until(lambda: not service.app[ENGINE].active)
    assert load._in_work == 0  # noqa: SLF001 - the same


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The clock and the processor time, which pass only when told to."""
    told = {"monotonic": 100.0, "process_time": 10.0}
    monkeypatch.setattr("service.overload.monotonic", lambda: told["monotonic"])
    monkeypatch.setattr("service.overload.process_time", lambda: told["process_time"])
    return told


def test_what_a_byte_costs_is_measured(clocks: dict[str, float]) -> None:
    load = Load(0.12)
    works = [load.begin() for _ in range(20)]
    for work in works:
        load.grow(work, 500)
    assert not load.is_too_much()  # nothing is known yet of what it costs
    clocks["monotonic"] += 0.5
    clocks["process_time"] += 0.5
    for work in works[:10]:
        load.end(work)
    assert load.is_too_much()  # 10 in work at 50 milliseconds each
    for work in works[10:18]:
        load.end(work)
    assert not load.is_too_much()


def test_what_is_done_beside_requests_is_not_their_cost(clocks: dict[str, float]) -> None:
    clocks["process_time"] += 3  # of the start
    load = Load(0.12)
    for _ in range(40):
        clocks["monotonic"] += 0.1
        clocks["process_time"] += 0.1  # of other things, while nobody asked
        load.end(load.begin())
    waiting = [load.begin() for _ in range(4)]
    assert not load.is_too_much()
    assert len(waiting) == 4


def test_the_first_answers_of_a_process_say_nothing(clocks: dict[str, float]) -> None:
    load = Load(0.12)
    works = [load.begin() for _ in range(13)]
    for work in works[:9]:
        clocks["monotonic"] += 0.5
        clocks["process_time"] += 0.5
        load.end(work)
    assert not load.is_too_much()
