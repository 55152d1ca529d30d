"""Worker processes: the same task on every core, with the answers in the order of the questions."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar

from bulk.exits import Failure
from bulk.lost import LostWorkers
from bulk.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Question = TypeVar("Question")
Answer = TypeVar("Answer")

_ENGINE = "bulk.engine"

_LOOK_SECONDS = 5.0
"""How often the workers are looked after, while one takes long to answer."""

_AHEAD = 2
"""Questions a worker has waiting, so that it never waits itself; more would only fill the memory."""


def available_cores() -> int:
    """How many cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Protocol):
    """Who does the work."""

    def ask(self, task: Callable[[Question], Answer], question: Question) -> Answer:
        """Answer one question."""

    def map(self, task: Callable[[Question], Answer], questions: Iterable[Question]) -> Iterator[Answer]:
        """Answer every question, in order."""


class Alone:
    """This process does the work itself."""

    def ask(self, task: Callable[[Question], Answer], question: Question) -> Answer:
        """Answer one question."""
        return task(question)

    def map(self, task: Callable[[Question], Answer], questions: Iterable[Question]) -> Iterator[Answer]:
        """Answer every question, in order, when the answer is asked for."""
        return map(task, questions)


class Pool:
    """Other processes do the work. Few questions are under way at a time, so that the memory does not grow with their number.

    Both methods raise Failure if a worker process ends before its time, for instance for want of memory.
    """

    def __init__(self, executor: ProcessPoolExecutor, ahead: int) -> None:
        self._executor = executor
        self._ahead = ahead
        self._lost = LostWorkers(executor)

    def wake(self, count: int) -> None:
        """Start all processes at once, rather than each with the first question that finds none idle: to load the code takes a second."""
        for _ in range(count):
            self._submit(import_module, _ENGINE)

    def ask(self, task: Callable[[Question], Answer], question: Question) -> Answer:
        """Answer one question."""
        return next(self.map(task, (question,)))

    def map(self, task: Callable[[Question], Answer], questions: Iterable[Question]) -> Iterator[Answer]:
        """Answer every question, in order."""
        waiting: deque[Future[Answer]] = deque()
        try:
            for question in questions:
                waiting.append(self._submit(task, question))
                if len(waiting) >= self._ahead:
                    yield self._await(waiting.popleft())
            while waiting:
                yield self._await(waiting.popleft())
        except BrokenProcessPool as fault:
            raise Failure("a worker process ended before its time; was there enough memory?") from fault

    def _await(self, answer: Future[Answer]) -> Answer:
        while True:
            done, _ = wait_for((answer,), _LOOK_SECONDS)
            if done:
                return answer.result()
            if self._lost.are_there():
                self._lost.give_up()

    def _submit(self, task: Callable[[Question], Answer], question: Question) -> Future[Answer]:
        # A question may start a process, if none is idle.
        with held(signal.SIGINT):
            return self._executor.submit(task, question)


@contextmanager
def open_workers(count: int) -> Iterator[Workers]:
    """Have so many processes work; with one, it is this one."""
    if count == 1:
        yield Alone()
        return
    # Not forked: a fork of a process with threads may hang, and ours has one that draws the progress.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=prepare_worker) as executor:
        try:
            pool = Pool(executor, count * _AHEAD + 1)
            pool.wake(count)
            yield pool
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def prepare_worker() -> None:
    """End with the parent, whatever ends that."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        # At once: the main thread waits for a question that will never come, and nothing is left to be saved here.
        os._exit(1)
