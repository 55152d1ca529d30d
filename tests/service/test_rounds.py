"""However much is in work, the event loop soon hears of who comes; and old objects are looked through when nobody waits."""

from __future__ import annotations

import asyncio
import gc
import time

import pytest

from service.collecting import collect_at_rest
from service.rounds import Rounds
from service.state import Engine
from service.workers import Workers

TURN = 0.002


def work(seconds: float = TURN) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


async def test_a_round_holds_one_turn_of_work() -> None:
    workers, rounds, done = Workers(threads=1, threshold=1_000, turn=TURN), 0, 0
    began = asyncio.Event()

    async def read() -> None:
        nonlocal done
        for _ in range(3):
            await workers.run(10, work)
            done += 1
            began.set()

    reading = [asyncio.create_task(read()) for _ in range(20)]
    await began.wait()
    while done < 60:
        before = done
        await asyncio.sleep(0)
        rounds += 1
        assert done - before <= 1
    await asyncio.gather(*reading)
    assert rounds >= 50


async def test_who_asked_first_is_first_and_whoever_left_takes_no_place() -> None:
    rounds, order = Rounds(TURN), []
    await rounds.place()
    rounds.spend(TURN)

    async def take(name: int) -> None:
        await rounds.place()
        rounds.spend(TURN)
        order.append(name)

    taking = [asyncio.create_task(take(name)) for name in range(6)]
    await asyncio.sleep(0)
    taking[1].cancel()
    taking[3].cancel()
    await asyncio.wait_for(asyncio.gather(*taking, return_exceptions=True), 60)
    assert order == [0, 2, 4, 5]
    await asyncio.wait_for(take(6), 60)
    assert order[-1] == 6


@pytest.mark.parametrize(("active", "rest", "collected"), [(0, 0.0, True), (1, 0.0, False), (0, 60.0, False)])
async def test_old_objects_are_looked_through_at_rest_alone(active: int, rest: float, collected: bool) -> None:  # noqa: FBT001 - a case
    engine, looked, before = Engine(), [], gc.get_threshold()
    engine.active = active

    def note(phase: str, about: dict[str, int]) -> None:
        looked.append((phase, about["generation"]))

    collecting = asyncio.create_task(collect_at_rest(engine, every=0.02, rest=rest))
    await asyncio.sleep(0.01)
    try:
        for _ in range(20):
            gc.collect(1)
        gc.callbacks.append(note)
        for _ in range(20):
            if ("stop", 2) in looked:
                break
            await asyncio.sleep(0.02)
    finally:
        gc.callbacks.remove(note)
        collecting.cancel()
        await asyncio.gather(collecting, return_exceptions=True)
    assert (("stop", 2) in looked) is collected
    assert gc.get_threshold() == before
