"""Files of records through ``drets normalize``, beside a program that only parses and writes the same lines; and how the time grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks.generate import as_flat, works
from benchmarks.measures import Row, Run, best

FLOOR = "import sys, orjson\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(orjson.dumps(orjson.loads(line)) + b'\\n')"
MOST_TIMES, LEAST_RATE, LEAST_SPEEDUP, MOST_GROWTH = 5.0, 3_000, 1.8, 1.1
SEED = 1
FLOOR_RECORDS, FLOOR_TIMES = 4_000, 50
"""The floor is so fast that one file would tell more about the start of a process than about it."""

MOST_DISTINCT = 4_000
BEGUN = 1_024
"""Records after which a run has started: four chunks, so that each of two workers has read its tables back and answered something."""


def write(path: Path, records: int, *, distinct: bool = False) -> None:
    """Write records as DSpace exports them; with ``distinct`` no value of any of them is met twice."""
    with path.open("wb") as out:
        for batch in works(records, SEED):
            for work in batch:
                record = as_flat(work)
                out.write(orjson.dumps(_renamed(record, work.number) if distinct else record, option=orjson.OPT_APPEND_NEWLINE))


def _renamed(value: object, number: int) -> object:
    if isinstance(value, dict):
        return {key: _renamed(member, number) for key, member in value.items()}
    if isinstance(value, list):
        return [_renamed(member, number) for member in value]
    return f"{value} ({number})" if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Files:
    """Runs of ``drets normalize`` over files of records of our own, all in one folder."""

    folder: Path
    cache: Path

    def run(self, path: Path, workers: int = 1, times: int = 1) -> Run:
        """Normalize a file; the run that was disturbed least."""
        command = (sys.executable, "-m", "bulk", "normalize", str(path), "--workers", str(workers), "-o", f"{path}.out")
        return best(command, times, environment={"DRETS_CACHE": str(self.cache)})

    def run_both(self, path: Path) -> float:
        """Normalize a file twice at the same time, and give the seconds by the clock until both are done."""
        again = path.with_name(f"again_{path.name}")
        again.write_bytes(path.read_bytes())
        with ThreadPoolExecutor(2) as threads:
            return max(taken.seconds for taken in threads.map(self.run, (path, again)))

    def write(self, name: str, records: int, *, distinct: bool = False) -> Path:
        """Write a file of records."""
        path = self.folder / f"{name}.ndjson"
        write(path, records, distinct=distinct)
        return path


def rows(folder: Path, cache: Path, records: int) -> Iterator[Row]:
    """Measure a file with the repetition of an aggregator, with one core and two, and one without any repetition."""
    files = Files(folder, cache)
    alike, few = files.write("alike", records), files.write("few", 1)
    files.run(few)
    start = files.run(few, times=3)
    runs = [files.run(alike, workers) for workers in (1, 2)]
    floor = _floor(files)
    ours = (runs[0].processor - start.processor) / records
    what = f"NDJSON to NDJSON, {records:,} records, evidence on"
    beside = "read, parse, dump and write"
    yield Row(what, 1 / ours, "records a second", beside, 1 / floor, ours / floor, "times its time", "5", ours <= MOST_TIMES * floor)
    yield from _workers(files, alike, records - BEGUN, runs)
    distinct = min(records // 10, MOST_DISTINCT)
    other = files.run(files.write("different", distinct, distinct=True), times=2)
    rate = distinct / (other.processor - start.processor)
    yield Row("the same with every value distinct", rate, "records a second", reach="3,000 a second", reached=rate >= LEAST_RATE)
    yield from _growth(files, records, start, runs[0])


def _workers(files: Files, alike: Path, records: int, runs: Sequence[Run]) -> Iterator[Row]:
    """Measure two workers beside one, and beside two runs that share nothing, without the time in which they start."""
    begun = files.write("begun", BEGUN)
    one, two = (records / (taken.seconds - files.run(begun, workers, 3).seconds) for taken, workers in zip(runs, (1, 2), strict=True))
    what, unit = "the same with two workers, without the start", "records a second"
    yield Row(what, two, unit, "one worker, by the clock", one, two / one, "of its rate", "1.8", two >= LEAST_SPEEDUP * one)
    both = 2 * records / (files.run_both(alike) - files.run_both(begun))
    yield Row("", two, unit, "two runs at once, which share nothing", both, two / both, "of their rate")


def _floor(files: Files) -> float:
    """Give the seconds that a record takes which is only read, parsed and written."""
    few = files.write("floor", FLOOR_RECORDS)
    many = files.folder / "many.ndjson"
    many.write_bytes(few.read_bytes() * FLOOR_TIMES)
    nothing, floor = best((sys.executable, "-c", "import orjson")), best((sys.executable, "-c", FLOOR), given=many)
    return (floor.processor - nothing.processor) / (FLOOR_RECORDS * FLOOR_TIMES)


def _growth(files: Files, records: int, start: Run, whole: Run) -> Iterator[Row]:
    """Measure a tenth of the records: the same time a record, and the same memory."""
    few = records // 10
    tenth = files.run(files.write("tenth", few))
    ours, theirs = ((taken.processor - start.processor) / count for taken, count in ((whole, records), (tenth, few)))
    what, beside, ratio = f"time a record, {records:,} records", f"{few:,} records", ours / theirs
    yield Row(what, ours * 1e6, "microseconds", beside, theirs * 1e6, ratio, "times its time", "1.1", ratio <= MOST_GROWTH)
    ratio = whole.memory / tenth.memory
    what = f"most memory, {records:,} records"
    yield Row(what, whole.memory, "MB", beside, tenth.memory, ratio, "times as much", "1.1", ratio <= MOST_GROWTH)
