"""The worker processes that read records, started when there is work, and anew when one of them ends before its time."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from bulk.lost import LostWorkers
from bulk.workers import prepare_worker

Question = TypeVar("Question")
Answer = TypeVar("Answer")
_AHEAD = 2
"""Chunks for each worker that are under way at a time, so that none waits for the next."""


class Pool:
    """Has tasks done by other processes, with few under way at a time.

    Who asks waits for a place, and places go to whoever waits longest. As each job asks for its next chunk only when it has a place
    for the last, jobs take turns chunk by chunk, however large one of them is.
    """

    def __init__(self, workers: int) -> None:
        self.width = workers * _AHEAD
        self._workers = workers
        self._places = asyncio.Semaphore(self.width)
        self._executor = self._start()
        self._lost = LostWorkers(self._executor)

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
        self._lost = LostWorkers(self._executor)

    def is_lost(self) -> bool:
        """Tell whether a worker was killed while it told an answer, for whose rest the executor waits as long as this process lives."""
        return self._lost.are_there()

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
