"""Drill: processes are killed at random moments while jobs run, and no record is lost, doubled or out of order.

Short by default; ``pytest tests/drills/test_jobs_survive.py --long-drills -s`` is 50 kills over 100,000 records on SQLite, and 20 with two instances on
PostgreSQL. It tells of each kill as it goes, and ``--kills 10 --drill-seed 2`` makes a part of them, other ones for each seed.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bulk.record_answers import answer_record, dump_answer
from bulk.records import Item, Place, Reject
from normalizers import Registry
from tests.processes import Launch, Process, children, launching

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are found in /proc")]

SETTINGS = {"news_seconds": "0.1", "job_lease_seconds": "2", "drain_seconds": "0", "log_level": "error", "job_niceness": "0"}
MOMENT = 0.5
"""Seconds within which a kill comes once a job is as far as it is to be for it: less than a chunk takes, so that any step of one may be hit."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many records a job has, how many kills there are, and how many seconds one waits at most for the job to go on."""

    records: int
    kills: int
    patience: float

    def asked(self, config: pytest.Config) -> Extent:
        """Give what the options ask for, and this where they ask for nothing."""
        return replace(self, records=config.getoption("--drill-records") or self.records, kills=config.getoption("--kills") or self.kills)


def line(number: int) -> bytes:
    if number % 97 == 96:
        return b"{broken " + str(number).encode() + b"\n"
    languages = ("cat", "spa ; eng", "qqq")
    content = {"dc:title": f"Els molins, {number}", "dc.language.iso": languages[number % 3], "dc:rights": f"CC BY-NC {number % 4 + 1}.0"}
    return json.dumps(content).encode() + b"\n"


def expected(registry: Registry, count: int) -> tuple[bytes, list[int]]:
    """Give the result that a job of so many records must have, and the lines of its rejects."""
    answers = {number: answer_record(registry, Item(Place("x", 1), line(number), "json")) for number in range(count)}
    result = b"".join(dump_answer(answer, pretty=False) for answer in answers.values() if not isinstance(answer, Reject))
    return result, [number + 1 for number, answer in answers.items() if isinstance(answer, Reject)]


def tree(pid: int) -> Iterator[int]:
    """Give a process and all below it."""
    yield pid
    with suppress(OSError):
        for child in children(pid):
            yield from tree(child)


@dataclass(slots=True)
class Drill:
    """Instances of the service that are killed, in part or whole, and started again."""

    launch: Launch
    instances: list[Process]
    settings: dict[str, str]
    dice: random.Random
    killed: list[str] = field(default_factory=list)

    @classmethod
    async def begin(cls, launch: Launch, count: int, seed: int, **settings: str) -> Drill:
        drill = cls(launch, [], {**SETTINGS, **settings}, random.Random(seed))  # noqa: S311 - dice that fall the same way again
        for _ in range(count):
            drill.instances.append(await drill._start())
        return drill

    async def _start(self) -> Process:
        process = self.launch(**self.settings)
        await process.url()
        return process

    async def kill(self) -> None:
        """Kill one process of one instance, whichever it is."""
        index = self.dice.randrange(len(self.instances))
        instance = self.instances[index]
        pids = list(tree(instance.running.pid))
        pid = self.dice.choice(pids)
        self.killed.append("service" if pid == instance.running.pid else "below")
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        if pid == instance.running.pid:
            await instance.ended()
            self.instances[index] = await self._start()

    async def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Ask any instance, until one answers."""
        key = {"Idempotency-Key": str(self.dice.random()), "Content-Type": "application/x-ndjson"} if body is not None else {}
        for _ in range(600):
            url = await self.dice.choice(self.instances).url()
            with suppress(aiohttp.ClientError):
                async with aiohttp.request(method, url + path, data=io.BytesIO(body) if body else None, headers=key) as answer:
                    if answer.status < 500:
                        assert answer.status in {200, 202}, await answer.text()
                        return await answer.read()
            await asyncio.sleep(0.1)
        raise AssertionError(f"no instance answers {method} {path}")

    async def give(self, body: bytes) -> dict[str, Any]:
        job: dict[str, Any] = json.loads(await self.ask("POST", "/v1/jobs?name=dump.ndjson", body))
        return job

    async def look(self, job: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self.ask("GET", f"/v1/jobs/{job['id']}"))
        assert found["state"] in {"queued", "running", "done"}, found
        return found


def tell(drill: Drill, job: dict[str, Any], started: float) -> None:
    """Say how far a drill is: it lasts long, and may be stopped."""
    done = job["progress"]["records"]
    sys.stderr.write(f"{time.monotonic() - started:6.0f} s: kill {len(drill.killed)} ({drill.killed[-1]}), {done:,} records done\n")


async def go_on(drill: Drill, job: dict[str, Any], extent: Extent) -> None:
    """Let a job get on by about as many records as lie between two kills: so they are spread over all of it."""
    share = drill.dice.uniform(0, 2) * extent.records / extent.kills
    target, deadline = (await drill.look(job))["progress"]["records"] + share, time.monotonic() + extent.patience
    while time.monotonic() < deadline:
        found = await drill.look(job)
        if found["state"] == "done" or found["progress"]["records"] >= target:
            break
        await asyncio.sleep(0.1)
    await asyncio.sleep(drill.dice.uniform(0, MOMENT))


async def drill_jobs(drill: Drill, extent: Extent, registry: Registry) -> None:
    body = b"".join(line(number) for number in range(extent.records))
    result, rejects = expected(registry, extent.records)
    jobs = [await drill.give(body)]
    started, deadline = time.monotonic(), time.monotonic() + 3600
    while len(drill.killed) < extent.kills or any([(await drill.look(job))["state"] != "done" for job in jobs]):
        assert time.monotonic() < deadline
        if len(drill.killed) < extent.kills:
            if (await drill.look(jobs[-1]))["state"] == "done":
                jobs.append(await drill.give(body))
            await go_on(drill, jobs[-1], extent)
            await drill.kill()
            tell(drill, await drill.look(jobs[-1]), started)
        else:
            await asyncio.sleep(0.2)
    for job in jobs:
        assert await drill.ask("GET", f"/v1/jobs/{job['id']}/result") == result
        found = [json.loads(entry)["line"] for entry in (await drill.ask("GET", f"/v1/jobs/{job['id']}/rejects")).splitlines()]
        assert found == rejects
        report = json.loads(await drill.ask("GET", f"/v1/jobs/{job['id']}/report"))
        assert (report["records"], report["rejected"]) == (extent.records - len(rejects), len(rejects))
    seconds = time.monotonic() - started
    sys.stderr.write(
        f"\n{len(drill.killed)} kills ({drill.killed.count('service')} of a whole service), "
        f"{len(jobs)} jobs of {extent.records:,} records, {seconds:.0f} s\n"
    )


async def test_kills_on_sqlite_lose_and_double_nothing(tmp_path: Path, registry: Registry, pytestconfig: pytest.Config) -> None:
    extent = Extent(100_000, 50, 60.0) if pytestconfig.getoption("--long-drills") else Extent(3_000, 3, 4.0)
    with launching(tmp_path) as launch:
        drill = await Drill.begin(launch, 1, pytestconfig.getoption("--drill-seed"))
        await drill_jobs(drill, extent.asked(pytestconfig), registry)


async def test_kills_with_two_instances_on_postgresql(
    tmp_path: Path, registry: Registry, pytestconfig: pytest.Config, postgres: str
) -> None:
    extent = Extent(100_000, 20, 60.0) if pytestconfig.getoption("--long-drills") else Extent(3_000, 3, 4.0)
    with launching(tmp_path) as launch:
        drill = await Drill.begin(launch, 2, pytestconfig.getoption("--drill-seed") + 1, store=postgres)
        await drill_jobs(drill, extent.asked(pytestconfig), registry)
