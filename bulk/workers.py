"""Worker processes: the same task on every core, with the answers in the order of the questions."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar

from bulk.exits import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Question = TypeVar("Question")
Answer = TypeVar("Answer")

_AHEAD = 2
"""Questions a worker has waiting, so that it never waits itself; more would only fill the memory."""


def available_cores() -> int:
    """How many cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_order(task: Callable[[Question], Answer], questions: Iterable[Question], workers: int) -> Iterator[Answer]:
    """Answer every question, in order; with one worker in this process, with more in so many others.

    Few questions are under way at a time, so that the memory does not grow with their number.

    Raises:
        Failure: A worker process ended before its time, for instance for want of memory.
    """
    if workers == 1:
        yield from map(task, questions)
        return
    # Not forked: a fork of a process with threads may hang, and ours has one that draws the progress.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        try:
            yield from _map_in_pool(pool, task, questions, workers * _AHEAD + 1)
        except BrokenProcessPool as fault:
            raise Failure("a worker process ended before its time; was there enough memory?") from fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _map_in_pool(
    pool: ProcessPoolExecutor, task: Callable[[Question], Answer], questions: Iterable[Question], limit: int
) -> Iterator[Answer]:
    waiting: deque[Future[Answer]] = deque()
    for question in questions:
        waiting.append(pool.submit(task, question))
        if len(waiting) >= limit:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, which stops the work in good order, and end with the parent whatever ends that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        # At once: the main thread waits for a question that will never come, and nothing is left to be saved here.
        os._exit(1)
