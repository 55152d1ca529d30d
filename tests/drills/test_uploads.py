"""A very large file is taken and read in the same memory as a small one.

``pytest tests/drills/test_uploads.py --long-drills -s`` uploads 200 MB.
"""

from __future__ import annotations

import asyncio
import json
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


def forget_peak(process: Process) -> None:
    """Let the kernel measure the peak of memory anew: that of the start is higher than what an upload may add."""
    Path(f"/proc/{process.running.pid}/clear_refs").write_text("5", encoding="ascii")


def peak(process: Process) -> int:
    status = Path(f"/proc/{process.running.pid}/status").read_text(encoding="ascii")
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
    forget_peak(process)
    before = peak(process)
    job = await client.jobs.give(path)
    assert job["progress"]["bytes_total"] >= size
    async for state in client.jobs.watch(job):
        if state["progress"]["records"]:
            break
    grown = peak(process) - before
    print(f"\n{size / 1e6:.0f} MB uploaded; the peak of memory rose by {grown / 1e6:.1f} MB")  # noqa: T201 - the figure is what a long run is for
    assert (await client.jobs.cancel(job))["state"] == "cancelled"
    assert grown < LITTLE
