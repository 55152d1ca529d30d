"""Where the work of reading is done: in the event loop when it is short, in a thread when it is long.

A value takes microseconds when it was seen before and a millisecond or so when it was not: less than a switch of threads would
gain. A record takes milliseconds, a large one seconds, and for so long nobody else would be answered. The threads take turns
at the interpreter, so that more of them read nothing sooner; they are there so that a large record holds up no small one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Runs the work of requests so that none of it holds up the event loop for long.

    Args:
        threads: How many pieces of long work take turns.
        threshold: Size in bytes or characters from which work is long.
        turn: Seconds that a loop over many small pieces may run before it gives way.
    """

    def __init__(self, *, threads: int, threshold: int, turn: float) -> None:
        self._threshold = threshold
        self._turn = turn
        self.waiting = 0
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="drets-reader")

    async def run(self, size: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a piece of work of some size, and answer what it answers."""
        if size < self._threshold:
            return work(*args, **kwargs)
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        finally:
            self.waiting -= 1

    def turn(self) -> Turn:
        """Start a turn at the event loop."""
        return Turn(self._turn)

    def close(self) -> None:
        """Wait for the work in the threads, and take no more."""
        self._threads.shutdown(wait=True, cancel_futures=True)


class Turn:
    """A share of the event loop's time for a loop over many small pieces of work."""

    __slots__ = ("_length", "_until")

    def __init__(self, length: float) -> None:
        self._length = length
        self._until = perf_counter() + length

    async def rest(self) -> None:
        """Let others run if the turn is over, and start the next one."""
        if perf_counter() >= self._until:
            await asyncio.sleep(0)
            self._until = perf_counter() + self._length
