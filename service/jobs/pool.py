"""The worker processes that read records, started when there is work, and anew when one of them ends before its time."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from time import monotonic
from typing import TypeVar

from bulk.workers import prepare_worker

Question = TypeVar("Question")
Answer = TypeVar("Answer")
_AHEAD = 2
"""Chunks for each worker that are under way at a time, so that none waits for the next."""

_NOTICED_SECONDS = 5.0
"""Within this the executor has noticed that a worker ended, if it ever will."""


class Pool:
    """Has tasks done by other processes, with few under way at a time.

    Who asks waits for a place, and places go to whoever waits longest. As each job asks for its next chunk only when it has a place
    for the last, jobs take turns chunk by chunk, however large one of them is.
    """

    def __init__(self, workers: int) -> None:
        self.width = workers * _AHEAD
        self._workers = workers
        self._gone_since: float | None = None
        self._places = asyncio.Semaphore(self.width)
        self._executor = self._start()

    async def submit(self, task: Callable[[Question], Answer], question: Question) -> asyncio.Future[Answer]:
        """Hand in a question once there is a place for it.

        Raises:
            BrokenProcessPool: A worker ended before its time; so does every answer that is still awaited. ``restart`` helps.
        """
        await self._places.acquire()
        try:
            asked: Future[Answer] = self._executor.submit(task, question)
        except BaseException:
            self._places.release()
            raise
        answer = asyncio.wrap_future(asked)
        answer.add_done_callback(self._free)
        return answer

    def restart(self) -> None:
        """Start new workers in place of those that are gone."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()

    def is_lost(self) -> bool:
        """Tell whether a worker has been gone for some seconds, and the executor has not noticed.

        Whoever is killed while telling an answer leaves the executor waiting for the rest of it, for as long as this process lives.
        """
        workers = (self._executor._processes or {}).values()  # noqa: SLF001 -- nothing else tells of them
        gone = not self._executor._broken and wait([worker.sentinel for worker in workers], 0)  # noqa: SLF001 -- the same
        self._gone_since = (self._gone_since or monotonic()) if gone else None
        return self._gone_since is not None and monotonic() - self._gone_since > _NOTICED_SECONDS

    def close(self) -> None:
        """Take no more; the workers end with this process."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=prepare_worker)

    def _free(self, answer: asyncio.Future[Answer]) -> None:
        self._places.release()
        if not answer.cancelled():
            # Looked at here, so that nobody is told of a failure that whoever asked has stopped waiting for.
            answer.exception()
