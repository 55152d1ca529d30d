"""Where the work of reading is done: in the event loop when it is short, in a thread when it is long.

A value takes microseconds when it was seen before and a millisecond or so when it was not: less than a switch of threads would
gain, which itself costs a seventh of a millisecond. A large record takes seconds, and for so long nobody else would be answered.
The threads take turns at the interpreter, so that more of them read nothing sooner; they are there so that a large record holds
up no small one.
Short work is let into the rounds of the event loop, so that many pieces of it hold up nobody either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import ParamSpec, TypeVar

from service.rounds import Rounds

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Runs the work of requests so that none of it holds up the event loop for long.

    Args:
        threads: How many pieces of long work take turns.
        threshold: Size in bytes or characters from which work is long.
        turn: Seconds of short work in one round of the event loop.
    """

    def __init__(self, *, threads: int, threshold: int, turn: float) -> None:
        self._threshold = threshold
        self._rounds = Rounds(turn)
        self.waiting = 0
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="drets-reader")

    async def run(self, size: int, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a piece of work of some size, and answer what it answers."""
        if size < self._threshold:
            await self._rounds.place()
            began = perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                self._rounds.spend(perf_counter() - began)
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Wait for the work in the threads, and take no more."""
        self._threads.shutdown(wait=True, cancel_futures=True)
