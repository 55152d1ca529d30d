"""A worker that ends is noticed, at whatever moment it does."""

from __future__ import annotations

import asyncio
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from service.jobs.pool import Pool
from tests.dying import end, end_halfway
from tests.processes import until

pytestmark = [
    pytest.mark.usefixtures("tests_within_reach"),
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are killed as Linux does it"),
]


async def test_a_worker_that_ends_breaks_the_pool() -> None:
    pool = Pool(1)
    with pytest.raises(BrokenProcessPool):
        await (await pool.submit(end, None))
    assert not pool.is_lost()
    pool.restart()
    assert await (await pool.submit(len, "abc")) == 3
    pool.close()


async def test_a_worker_that_ends_while_it_answers_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulk.lost._NOTICED_SECONDS", 0.5)
    pool = Pool(1)
    answer = await pool.submit(end_halfway, None)
    await until(pool.is_lost)
    assert not answer.done()
    pool._lost.give_up()  # noqa: SLF001 - else the thread that waits for the rest would keep this process from its end
    with pytest.raises(BrokenProcessPool):
        await asyncio.wait_for(answer, 60)
    pool.close()
