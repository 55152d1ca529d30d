"""Worker processes: order, few questions under way, and no process left behind."""

from __future__ import annotations

import json
import multiprocessing
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bulk.exits import Failure
from bulk.workers import open_workers
from tests.dying import end_halfway

slow = pytest.mark.slow

FOREVER = """
import itertools, json, os, sys
from bulk.workers import open_workers
if __name__ == "__main__":
    from operator import methodcaller
    pids = set()
    with open_workers(2) as workers:
        for pid in workers.map(methodcaller("__call__"), itertools.repeat(os.getpid)):
            if pid not in pids:
                pids.add(pid)
                print(pid, flush=True)
"""


def do(task: Callable[[Any], Any], questions: Iterable[Any], count: int) -> list[Any]:
    with open_workers(count) as workers:
        return list(workers.map(task, questions))


def test_one_worker_is_this_process() -> None:
    assert (do(operator.methodcaller("__call__"), [os.getpid], 1)) == [os.getpid()]


@slow
def test_answers_come_in_the_order_of_the_questions() -> None:
    # The first takes longest, so that whichever worker is free later overtakes it.
    delays = [0.3, 0.0, 0.1, 0.0, 0.05] * 3
    assert (do(operator.methodcaller("__rmul__", 2), range(200), 2)) == list(range(0, 400, 2))
    assert (do(time.sleep, delays, 2)) == [None] * len(delays)


@slow
def test_few_questions_are_asked_ahead() -> None:
    asked: list[int] = []

    def questions() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    with open_workers(2) as workers:
        assert next(workers.map(operator.neg, questions())) == 0
        assert len(asked) <= 6


@slow
def test_ctrl_c_is_the_parents_from_the_first_instruction_of_a_worker_on() -> None:
    # Sent before any code of ours runs in the new processes, as it is when a machine is busy.
    with open_workers(2) as workers:
        answers = workers.map(operator.neg, range(20))
        first = next(answers)
        children = multiprocessing.active_children()
        assert children
        for child in children:
            os.kill(int(child.pid or "none"), signal.SIGINT)
        assert signal.SIGINT in workers.ask(partial(signal.pthread_sigmask, signal.SIG_BLOCK), ())
        assert [first, *answers] == [-number for number in range(20)]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@slow
def test_a_worker_that_dies_is_reported() -> None:
    with pytest.raises(Failure, match="worker process ended"):
        (do(os._exit, [7, 7, 7], 2))


@slow
@pytest.mark.usefixtures("tests_within_reach")
def test_a_worker_that_dies_while_it_answers_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulk.lost._NOTICED_SECONDS", 0.2)
    monkeypatch.setattr("bulk.workers._LOOK_SECONDS", 0.2)
    with pytest.raises(Failure, match="worker process ended"):
        (do(end_halfway, [None] * 9, 2))


@slow
def test_workers_end_with_their_parent_even_if_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "forever.py"
    program.write_text(FOREVER)
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as parent:  # noqa: S603 - our own program
        assert parent.stdout
        workers = [json.loads(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 60
    while any(is_running(pid) for pid in workers):
        assert time.monotonic() < end, "a worker outlived its parent"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
