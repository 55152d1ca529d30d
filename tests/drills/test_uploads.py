"""A very large file, and a very long stream, are taken and read in the same memory as small ones.

``pytest tests/drills/test_uploads.py --long-drills -s`` uploads 200 MB, and streams as much.
"""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from drets.client import AsyncClient
from tests.processes import Process, launching

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memory is told by /proc")]

SIZE, LONG_SIZE = 24_000_000, 200_000_000
LITTLE = 16_000_000
"""Bytes that the peak of the service may rise while it takes a file: less than any of the files."""


def write(path: Path, size: int) -> None:
    """Write records of 1 kB until a file is so large."""
    with path.open("wb") as file:
        number = 0
        while file.tell() < size:
            lines = (json.dumps({"dc:title": f"T {n} " + "x" * 900, "dc:rights": "CC BY 4.0"}) for n in range(number, number + 1_000))
            file.write("\n".join(lines).encode() + b"\n")
            number += 1_000


def forget_peak(pid: int) -> int:
    """Let the kernel measure the peak of memory anew, for that of the start is higher than what is added here; give what there is now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    return peak(pid)


def peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[Process, AsyncClient]]:
    with launching(tmp_path) as launch:
        process = launch(news_seconds="0.2", log_level="error")
        async with AsyncClient(await process.ready(), timeout=300) as client:
            yield process, client


async def test_a_large_file_is_taken_in_little_memory(
    served: tuple[Process, AsyncClient], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    process, client = served
    size = LONG_SIZE if request.config.getoption("--long-drills") else SIZE
    path = tmp_path / "large.ndjson"
    await asyncio.to_thread(write, path, size)
    await client.jobs.cancel(await client.jobs.give(b"{}\n"))
    before = forget_peak(process.running.pid)
    job = await client.jobs.give(path)
    assert job["progress"]["bytes_total"] >= size
    async for state in client.jobs.watch(job):
        if state["progress"]["records"]:
            break
    grown = peak(process.running.pid) - before
    print(f"\n{size / 1e6:.0f} MB uploaded; the peak of memory rose by {grown / 1e6:.1f} MB")  # noqa: T201 - the figure is what a long run is for
    assert (await client.jobs.cancel(job))["state"] == "cancelled"
    assert grown < LITTLE


STREAMING = """
import json, sys
from drets.client import Client

with Client(sys.argv[1], timeout=300) as client:
    for count in map(int, sys.stdin):
        records = ({"dc:title": f"T {number}", "dc:description": "Salt. " * 1_700} for number in range(count))
        print(sum(len(json.dumps(answer)) for answer in client.stream(records)), flush=True)
"""
"""A client in a process of its own: it streams as many records of 10 kB as each line says, keeps nothing, and tells what came back."""


async def test_a_long_stream_takes_little_memory_on_both_sides(served: tuple[Process, AsyncClient], request: pytest.FixtureRequest) -> None:
    process, _ = served
    size = LONG_SIZE if request.config.getoption("--long-drills") else SIZE
    streaming = await asyncio.create_subprocess_exec(sys.executable, "-c", STREAMING, await process.ready(), stdin=PIPE, stdout=PIPE)
    asked, told = streaming.stdin, streaming.stdout
    assert asked is not None
    assert told is not None

    async def answered(count: int) -> int:
        asked.write(f"{count}\n".encode())
        return int(await told.readline())

    await answered(100)
    sides = {"service": process.running.pid, "client": streaming.pid}
    before = {side: forget_peak(pid) for side, pid in sides.items()}
    assert await answered(size // 10_000) > size
    grown = {side: peak(pid) - before[side] for side, pid in sides.items()}
    asked.close()
    assert await streaming.wait() == 0
    print(f"\n{size / 1e6:.0f} MB streamed; peaks rose by {', '.join(f'{rise / 1e6:.1f} MB ({side})' for side, rise in grown.items())}")  # noqa: T201 - the same
    assert max(grown.values()) < LITTLE
