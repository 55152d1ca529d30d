"""A worker that ends is noticed, at whatever moment it does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from service.jobs.pool import Pool
from tests.processes import until

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are killed as Linux does it")


def end(_question: None) -> None:
    """End as by kill -9, before anything is answered."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_halfway(_question: None) -> bytes:
    """End as by kill -9 halfway through telling the answer."""

    def tell_half(told: Connection, content: bytes, _write: object = None) -> None:
        os.write(told.fileno(), content[: len(content) // 2])
        end(None)

    Connection._send = tell_half  # type: ignore[attr-defined]  # noqa: SLF001 - in that process alone
    return b"x" * 100_000


@pytest.fixture(autouse=True)
def tests_within_reach(monkeypatch: pytest.MonkeyPatch, checkout: Path) -> None:
    """Let workers find what they are asked to do here, behind all that is installed."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(checkout)])


async def test_a_worker_that_ends_breaks_the_pool() -> None:
    pool = Pool(1)
    with pytest.raises(BrokenProcessPool):
        await (await pool.submit(end, None))
    assert not pool.is_lost()
    pool.restart()
    assert await (await pool.submit(len, "abc")) == 3
    pool.close()


async def test_a_worker_that_ends_while_it_answers_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.pool._NOTICED_SECONDS", 0.5)
    pool = Pool(1)
    answer = await pool.submit(end_halfway, None)
    await until(pool.is_lost)
    assert not answer.done()
    # The thread that waits for the rest would keep this process from its end: it is given the end of the pipe instead.
    executor = pool._executor  # noqa: SLF001 - nothing else leads there
    executor._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 - the same
    with pytest.raises(BrokenProcessPool):
        await asyncio.wait_for(answer, 60)
    pool.close()
