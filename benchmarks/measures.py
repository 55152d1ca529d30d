"""What all measurements share: a row of the table, and how time and memory are taken."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: what was measured beside which floor or peer, both in ``unit``, and how they compare.

    ``ratio`` is ours to theirs, as ``means`` says it ("times its time", "of its rate"); ``reach`` is what the project asks of it, and
    ``reached`` whether it was met. Where there is nothing to compare with, or it is not installed, ``note`` says why.
    """

    what: str
    ours: float | None
    unit: str
    beside: str = ""
    theirs: float | None = None
    ratio: float | None = None
    means: str = ""
    reach: str = ""
    reached: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds by the clock and of the processor, and the most memory it held, in MB."""

    seconds: float
    processor: float
    memory: float


def run(command: Sequence[str], *, given: Path | None = None, environment: dict[str, str] | None = None) -> Run:
    """Run a program to its end, with standard output thrown away. Ends this program where that one fails."""
    with (given or Path(os.devnull)).open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=source, stdout=nowhere, env={**os.environ, **(environment or {})})  # noqa: S603 - ours
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(command: Sequence[str], times: int = 3, **options: Path | dict[str, str] | None) -> Run:
    """Run a program several times, and give the run that took least of the processor: the others were disturbed."""
    return min((run(command, **options) for _ in range(times)), key=lambda taken: taken.processor)  # type: ignore[arg-type]


def rate(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """Give how many different texts a second of processor time are read, each once, with the garbage collector at rest."""
    different = list(dict.fromkeys(texts))
    gc.collect()
    gc.freeze()
    started = time.process_time()
    for text in different:
        read(text)
    return len(different) / (time.process_time() - started)
