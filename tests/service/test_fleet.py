"""Several processes on one port: counted together, replaced when they die, and stopped without losing an answer."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from bulk.exits import Exit
from service.jobs.model import State
from service.store.database import FILE
from tests.processes import Launch, Process, children, is_there, launching, until, was_sent

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are found in /proc")]
VALUES = {"values": [{"id": "1", "field": "license", "text": "CC BY 4.0"}]}


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    with launching(tmp_path) as start:
        yield start


def members(process: Process) -> list[int]:
    return children(process.running.pid)


async def ask(url: str) -> int:
    """Ask over a connection of its own, which any of the processes may take."""
    async with aiohttp.request("POST", f"{url}/v1/values", json=VALUES) as answer:
        await answer.read()
        return answer.status


async def counted(url: str) -> int:
    async with aiohttp.request("GET", f"{url}/metrics") as answer:
        found = re.findall(r"^drets_values_total\{.*?\} ([0-9.]+)$", await answer.text(), re.MULTILINE)
    return int(sum(map(float, found)))


def state_of_each(figures: str, name: str) -> dict[int, float]:
    """Give a figure of each process by its id."""
    return {int(pid): float(value) for pid, value in re.findall(rf'^{name}\{{pid="(\d+)"\}} (\S+)$', figures, re.MULTILINE)}


async def until_told(url: str, pids: list[int]) -> None:
    """Wait until the figures tell that each process is ready, whichever of them is asked, and nothing of any other."""
    connector = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(url, connector=connector) as session:
        # On one connection, as Prometheus asks: one process answers all of it.
        found = await (await session.get("/metrics")).text()
        for _ in range(1200):
            if state_of_each(found, "drets_ready") == dict.fromkeys(pids, 1):
                break
            await asyncio.sleep(0.05)
            found = await (await session.get("/metrics")).text()
    assert state_of_each(found, "drets_store_up") == dict.fromkeys(pids, 1)
    assert set(state_of_each(found, "process_cpu_seconds_total")) == set(pids)
    assert min(state_of_each(found, "process_resident_memory_bytes").values()) > 1e8


async def counted_jobs(url: str) -> dict[str, float]:
    async with aiohttp.request("GET", f"{url}/metrics") as answer:
        found = re.findall(r'^drets_jobs\{state="(\w+)"\} (\S+)$', await answer.text(), re.MULTILINE)
    assert len(found) == len(dict(found))
    return {state: float(count) for state, count in found}


async def until_members(process: Process, count: int, gone: int = 0) -> list[int]:
    for _ in range(1200):
        found = members(process)
        if len(found) == count and gone not in found:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(members(process))


async def test_figures_add_up_and_the_dead_are_replaced(launch: Launch) -> None:
    process = launch("--workers", "3", drain_seconds="0")
    url = await process.ready()
    first = await until_members(process, 3)
    await until_told(url, first)
    assert {await ask(url) for _ in range(40)} == {200}
    assert await counted(url) == 40
    assert await counted_jobs(url) == dict.fromkeys(State, 0)
    os.kill(first[1], signal.SIGKILL)
    second = await until_members(process, 3, gone=first[1])
    assert {await ask(url) for _ in range(20)} == {200}
    assert await counted(url) == 60
    await until_told(url, second)
    ended = [event for event in process.events() if event["event"] == "process ended"]
    assert [(event["place"], event["status"]) for event in ended] == [(1, -9)]
    assert [line for line in process.written if "Warning" in line] == []


async def test_a_limit_holds_for_all_processes_together(launch: Launch) -> None:
    process = launch("--workers", "2", address_requests_per_minute="60", news_seconds="0.1", job_workers="0")
    url = await process.ready()
    await until_members(process, 2)
    passed: list[float] = []
    began = time.monotonic()

    async def keep_asking() -> None:
        while time.monotonic() < began + 15:
            if await ask(url) == 200:
                passed.append(time.monotonic())
            await asyncio.sleep(0.02)

    await asyncio.gather(*(keep_asking() for _ in range(4)))
    took = time.monotonic() - began
    # Ten at once from each process, and one a second from both together; by themselves they would let through as many again.
    assert 10 + 13 <= len(passed) <= 20 + took + 2


async def test_sigterm_loses_nothing_that_was_accepted(launch: Launch) -> None:
    process = launch("--workers", "2", drain_seconds="0.3")
    url = await process.ready()
    await until_members(process, 2)
    statuses: list[int] = []

    async def keep_asking() -> None:
        while True:
            try:
                statuses.append(await ask(url))
            except aiohttp.ClientConnectorError:
                return
            except aiohttp.ClientOSError as fault:
                if was_sent(fault):
                    raise
                return

    asking = [asyncio.create_task(keep_asking()) for _ in range(4)]
    await until(lambda: len(statuses) >= 20)
    process.running.send_signal(signal.SIGTERM)
    await asyncio.wait_for(asyncio.gather(*asking), 60)
    assert await process.ended() == 0
    assert set(statuses) == {200}
    assert len([event for event in process.events() if event["event"] == "stopped"]) == 2


async def test_members_stop_when_their_parent_is_gone(launch: Launch) -> None:
    process = launch("--workers", "2", drain_seconds="0")
    await process.ready()
    left = await until_members(process, 2)
    process.running.kill()
    for _ in range(1200):
        if not any(is_there(pid) for pid in left):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(left)


async def test_a_fault_of_one_process_is_told_and_ends_the_service(launch: Launch, tmp_path: Path) -> None:
    process = launch("--workers", "2", drain_seconds="0", state=str(tmp_path / "var"))
    await process.ready()
    first = await until_members(process, 2)
    for left in (tmp_path / "var").glob(f"{FILE}*"):
        left.unlink()
    (tmp_path / "var" / FILE).write_bytes(b"no database" * 1000)
    os.kill(first[1], signal.SIGKILL)
    assert await process.ended() == Exit.FAILED
    assert [line for line in process.written if "file is not a database" in line]
