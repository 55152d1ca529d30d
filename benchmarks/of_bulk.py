"""Files of records through ``drets normalize``, beside a program that only parses and writes the same lines; and how the time grows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.generate import as_flat, works
from benchmarks.measures import Row, best, run

FLOOR = "import sys, orjson\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(orjson.dumps(orjson.loads(line)) + b'\\n')"
MOST_TIMES, LEAST_RATE, LEAST_SPEEDUP, MOST_GROWTH = 5.0, 3_000, 1.8, 1.1
SEED = 1
FLOOR_TIMES = 50
"""The floor is so fast that one file would tell more about the start of a process than about it."""


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


def rows(folder: Path, cache: Path, records: int) -> Iterator[Row]:
    """Measure a file with the repetition of an aggregator, with one core and two, and one without any repetition."""
    alike, different, few = folder / "alike.ndjson", folder / "different.ndjson", folder / "few.ndjson"
    write(alike, records)
    write(different, records // 4, distinct=True)
    write(few, 1)
    environment = {"DRETS_CACHE": str(cache)}

    def normalize(path: Path, workers: int = 1) -> tuple[str, ...]:
        return (sys.executable, "-m", "bulk", "normalize", str(path), "--workers", str(workers), "-o", str(folder / "answers.ndjson"))

    start = best(normalize(few), environment=environment)
    one = best(normalize(alike), 2, environment=environment)
    many = folder / "many.ndjson"
    many.write_bytes(alike.read_bytes() * FLOOR_TIMES)
    nothing, floor = best((sys.executable, "-c", "import orjson")), best((sys.executable, "-c", FLOOR), given=many)
    ours, theirs = (one.processor - start.processor) / records, (floor.processor - nothing.processor) / (records * FLOOR_TIMES)
    what = f"NDJSON to NDJSON, {records:,} records, evidence on"
    beside = "read, parse, dump and write"
    yield Row(what, 1 / ours, "records a second", beside, 1 / theirs, ours / theirs, "times its time", "5", ours <= MOST_TIMES * theirs)
    two = run(normalize(alike, 2), environment=environment)
    gain = one.seconds / two.seconds
    yield Row(
        "the same with two workers", records / two.seconds, "records a second", "one worker, by the clock", records / one.seconds,
        gain, "of its rate", "1.8", gain >= LEAST_SPEEDUP,
    )  # fmt: skip
    other = best(normalize(different), 2, environment=environment)
    rate = records // 4 / (other.processor - start.processor)
    yield Row("the same with every value distinct", rate, "records a second", reach="3,000 a second", reached=rate >= LEAST_RATE)
    yield Row("memory of that process", other.memory, "MB")
    yield from _growth(folder, records, start.processor, one.processor, environment)


def _growth(folder: Path, records: int, start: float, taken: float, environment: dict[str, str]) -> Iterator[Row]:
    path = folder / "tenth.ndjson"
    write(path, records // 10)
    command = (sys.executable, "-m", "bulk", "normalize", str(path), "--workers", "1", "-o", str(folder / "tenth.out"))
    tenth = best(command, 2, environment=environment)
    ratio = (taken - start) / (10 * (tenth.processor - start))
    what = f"time a record, {records:,} records"
    yield Row(
        what, (taken - start) / records * 1e6, "microseconds", f"{records // 10:,} records", (tenth.processor - start) / records * 1e7,
        ratio, "times its time", "1.1", ratio <= MOST_GROWTH,
    )  # fmt: skip
