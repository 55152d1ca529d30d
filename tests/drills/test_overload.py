"""Far more is asked than can be answered: what is accepted is answered soon, the rest is refused at once, and afterwards all is as before.

``DRETS_DRILL_SECONDS=120 pytest tests/drills/test_overload.py -s`` asks for two minutes and prints what it measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import median

import pytest

from normalizers.registry import CACHE_SIZE
from tests.processes import slowness

pytestmark = pytest.mark.slow

LONG = 60
"""Seconds from which times are held to their bound: in a short run beside other tests they say more of those than of the service."""
SECONDS = float(os.environ.get("DRETS_DRILL_SECONDS", "4"))
BOUND = 0.25
"""Seconds in which 99 of 100 accepted requests are answered."""

FEW, MANY = 4, 100
"""Connections: so many that ask without a pause keep the service busy; over so many the load is spread."""

TIMES = 5
"""How many times as much is asked as the service could answer."""

LITTLE_MEMORY = 20_000_000
"""Bytes that may be added in the second half of a long run, which begins with a cache of answers that is full."""

CACHED = CACHE_SIZE // 10
"""Requests of ten values that fill that cache: as long as it fills, memory grows, however much is asked."""

NUMBERS = count()
"""Of the requests, in all parts of the drill: what was asked before load is not asked again after it."""


@dataclass(slots=True)
class Tally:
    """What became of the requests, how much memory the service held each second, and how long it worked for them in all."""

    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    worked: float = 0.0

    def yielded(self) -> float:
        """Tell how many requests were accepted in a second of the service's own processor time, whoever else uses the processors."""
        return len(self.accepted) / self.worked

    def p99(self) -> float:
        return sorted(self.accepted)[int(len(self.accepted) * 0.99)]

    def grown(self) -> int:
        """Tell by how many bytes the memory grew in the second half."""
        return self.memory[-1] - self.memory[len(self.memory) // 2]


def request_for(number: int) -> bytes:
    # Each text is new, so that every answer is read and none comes from the cache.
    values = [{"id": str(place), "field": "license", "text": f"CC BY-NC {number}.{place} Espanya"} for place in range(10)]
    body = json.dumps({"values": values}).encode()
    return b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def ask(port: int, until: float, tally: Tally, first: int, pause: float) -> None:
    """Ask on one connection, once in each pause; what could not be sent in its turn is not made up for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    turn = time.monotonic() + pause * first / MANY
    while (began := time.monotonic()) < until:
        if began < turn:
            await asyncio.sleep(turn - began)
            began = time.monotonic()
        turn = max(turn + pause, began)
        writer.write(request_for(next(NUMBERS)))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        status = int(head.split()[1])
        tally.statuses[status] += 1
        (tally.accepted if status == HTTPStatus.OK else tally.refused).append(time.monotonic() - began)
    writer.close()


async def weigh(pid: int, until: float, tally: Tally) -> None:
    while time.monotonic() < until:
        tally.memory.append(resident(pid))
        await asyncio.sleep(1)
    tally.memory.append(resident(pid))


async def press(served: tuple[int, int], connections: int, seconds: float, rate: float | None = None) -> Tally:
    """Ask for some seconds, at a rate or without a pause."""
    port, pid = served
    tally, until = Tally(), time.monotonic() + seconds
    pause = 0.0 if rate is None else connections / rate
    before = processor(pid)
    await asyncio.gather(weigh(pid, until, tally), *(ask(port, until, tally, first, pause) for first in range(connections)))
    tally.worked = processor(pid) - before
    return tally


async def fill(served: tuple[int, int]) -> None:
    """Ask until the cache of answers is full."""
    filled = 0
    while filled < CACHED:
        filled += len((await press(served, FEW, 2.0)).accepted)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Start the service; gives its port and process id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    environment = {**inherited, "DRETS_PORT": str(port), "DRETS_LOG_LEVEL": "error"}
    process = subprocess.Popen([sys.executable, "-m", "service"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stderr is not None
    while not process.stderr.readline().startswith("Try it: "):
        assert process.poll() is None
    yield port, process.pid
    process.terminate()
    process.wait(30)
    process.stderr.close()


def resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def processor(pid: int) -> float:
    """Give the seconds of processor time that a process took so far."""
    times = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def test_five_times_the_load_slows_nobody_who_is_let_in(served: tuple[int, int]) -> None:
    slower = slowness()
    if SECONDS >= LONG:
        asyncio.run(fill(served))
    before = asyncio.run(press(served, FEW, 2.0))
    during = asyncio.run(press(served, MANY, SECONDS, TIMES * len(before.accepted) / 2))
    after = asyncio.run(press(served, FEW, 2.0))
    # Service and client share what there is.
    bound = BOUND * max(1.0, (slower + slowness()) if slower > 1.2 else 1.0)
    print(  # noqa: T201 - the figures are what a long run is for
        f"\nsustainable {len(before.accepted) / 2:.0f}/s, p99 {before.p99() * 1e3:.0f} ms; under load {dict(during.statuses)}, "
        f"{len(during.accepted) / SECONDS:.0f}/s accepted, p99 {during.p99() * 1e3:.0f} ms; "
        f"memory {[round(size / 1e6) for size in during.memory[:: max(1, len(during.memory) // 8)]]} MB; "
        f"after {len(after.accepted) / 2:.0f}/s, p99 {after.p99() * 1e3:.0f} ms; bound on this busy machine {bound * 1e3:.0f} ms; "
        f"accepted in a second of its processor time {before.yielded():.0f}, {during.yielded():.0f}, {after.yielded():.0f}"
    )
    assert set(during.statuses) <= {200, 503}
    assert during.yielded() > before.yielded() * 0.4
    assert after.yielded() > before.yielded() * 0.6
    assert set(after.statuses) == {200}
    if SECONDS >= LONG:
        assert len(during.accepted) / SECONDS > len(before.accepted) / 2 * 0.4
        assert median(during.refused) < median(during.accepted) / 2
        assert during.p99() < bound
        assert during.grown() < LITTLE_MEMORY
        assert after.p99() < bound
