"""Worker processes: order, few questions under way, and no process left behind."""

from __future__ import annotations

import json
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulk.exits import Failure
from bulk.workers import map_in_order

slow = pytest.mark.slow

FOREVER = """
import itertools, json, os, sys
from bulk.workers import map_in_order
if __name__ == "__main__":
    from operator import methodcaller
    pids = set()
    for number, pid in enumerate(map_in_order(methodcaller("__call__"), itertools.repeat(os.getpid), 2)):
        if pid not in pids:
            pids.add(pid)
            print(pid, flush=True)
"""


def test_one_worker_is_this_process() -> None:
    assert list(map_in_order(operator.methodcaller("__call__"), [os.getpid], 1)) == [os.getpid()]


@slow
def test_answers_come_in_the_order_of_the_questions() -> None:
    # The first takes longest, so that whichever worker is free later overtakes it.
    delays = [0.3, 0.0, 0.1, 0.0, 0.05] * 3
    assert list(map_in_order(operator.methodcaller("__rmul__", 2), range(200), 2)) == list(range(0, 400, 2))
    assert list(map_in_order(time.sleep, delays, 2)) == [None] * len(delays)


@slow
def test_few_questions_are_asked_ahead() -> None:
    asked: list[int] = []

    def questions() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    answers = map_in_order(operator.neg, questions(), 2)
    assert next(answers) == 0
    assert len(asked) <= 6
    answers.close()  # type: ignore[attr-defined]  # an iterator made by a generator


@slow
def test_a_worker_that_dies_is_reported() -> None:
    with pytest.raises(Failure, match="worker process ended"):
        list(map_in_order(os._exit, [7, 7, 7], 2))


@slow
def test_workers_end_with_their_parent_even_if_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "forever.py"
    program.write_text(FOREVER)
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as parent:  # noqa: S603 - our own program
        assert parent.stdout
        workers = [json.loads(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 10
    while any(is_running(pid) for pid in workers):
        assert time.monotonic() < end, "a worker outlived its parent"
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
