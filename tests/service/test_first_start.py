"""The first start, which finds no tables: the service holds no more than at any later one, and can be told to stop meanwhile."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import Launch, children, is_there, launching, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="memory and children are found in /proc")]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    with launching(tmp_path) as start:
        yield start


def memory(pid: int) -> list[int]:
    """Give what a process has held at most and what it holds, in kilobytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return [int(kilobytes) for kilobytes in re.findall(r"(?:VmHWM|VmRSS):\s+(\d+) kB", status)]


async def test_it_holds_no_more_than_a_second_one(launch: Launch, tmp_path: Path) -> None:
    held = []
    for _ in range(2):
        process = launch(cache=str(tmp_path / "cache"), drain_seconds="0")
        await process.line("^Try it: ", seconds=600)
        held.append(memory(process.running.pid))
        process.running.send_signal(signal.SIGTERM)
        assert await process.ended() == 0
    first, second = held
    assert [ours <= 1.15 * theirs for ours, theirs in zip(first, second, strict=True)] == [True, True], held


async def test_sigterm_meanwhile_ends_both_processes_at_once(launch: Launch, tmp_path: Path) -> None:
    process = launch(cache=str(tmp_path / "cache"), drain_seconds="0")
    await process.url()
    await until((tmp_path / "cache").exists)
    await until(lambda: bool(children(process.running.pid)))
    (building,) = children(process.running.pid)
    process.running.send_signal(signal.SIGTERM)
    assert await process.ended() == 0
    assert not is_there(building)
    assert [event["event"] for event in process.events()] == ["stopping", "stopped"]
    assert list((tmp_path / "cache").iterdir()) == []
