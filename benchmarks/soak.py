"""The service under steady load for a long while: does its memory stay flat, and do its answers stay as quick?

    python -m benchmarks.soak [--minutes 10] [--share 0.8]

First the most that one connection after another gets is measured, for five seconds; then records that never repeat whole are sent at a
share of that rate by the clock, whether the service keeps up or not. Each line tells of a twentieth of the time: requests a second, the
latency of one in two and of 99 in 100 from the moment at which a request was due, and the memory of the process. It ends with 1 where
the last quarter holds a tenth more memory than the second, or its 99th percentile is twice as long.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks.generate import as_flat, works
from benchmarks.of_service import JSON, memory_of
from benchmarks.service_latency import Server, ask, connect, milliseconds, running

WARM_SECONDS = 5.0
SLICES = 20
FEW = 20
MOST_MEMORY, MOST_LATENCY = 1.1, 2.0


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the time: requests a second, latencies in milliseconds, and memory in MB at its end."""

    rate: float
    usual: float
    late: float
    memory: float


def bodies() -> Iterator[tuple[str, bytes]]:
    """Give records without end; what repeats in them and what does not is told by ``generate``.

    They are made a few at a time: a batch of thousands takes a tenth of a second, in which no request is sent, and would count as
    the service's latency.
    """
    for batch in works(10**9, 1, batch=FEW):
        for work in batch:
            yield JSON, orjson.dumps(as_flat(work))


def most(server: Server, source: Iterator[tuple[str, bytes]]) -> float:
    """Give the requests a second that are answered one after the other, once the caches are warm."""
    rates = []
    ends = time.perf_counter() + WARM_SECONDS
    while time.perf_counter() < ends:
        times = milliseconds(server.address, [next(source) for _ in range(200)])
        rates.append(1_000 * len(times) / sum(times))
    return statistics.median(rates[len(rates) // 2 :])


def load(server: Server, source: Iterator[tuple[str, bytes]], rate: float, seconds: float) -> Slice:
    """Ask at a rate for so many seconds, over one kept connection."""
    late: list[float] = []
    with connect(server.address) as connection:
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds:
            due = began + len(late) / rate
            if due > now:
                time.sleep(due - now)
            ask(connection, *next(source))
            late.append((time.perf_counter() - due) * 1000)
    cuts = statistics.quantiles(late, n=100)
    return Slice(len(late) / (time.perf_counter() - began), cuts[49], cuts[98], memory_of(server.process))


def main() -> int:
    """Load, print a line for each stretch, and tell whether anything grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--share", type=float, default=0.8)
    options = parser.parse_args()
    source, slices = bodies(), []
    with tempfile.TemporaryDirectory() as state, running("-m", "service", DRETS_STATE=str(Path(state))) as server:
        rate = most(server, source) * options.share
        print(f"{rate:,.0f} requests a second asked for\n{'asked':>8}{'a second':>10}{'p50 ms':>10}{'p99 ms':>10}{'MB':>8}")
        for number in range(1, SLICES + 1):
            found = load(server, source, rate, options.minutes * 60 / SLICES)
            slices.append(found)
            print(f"{number:>5}/{SLICES}{found.rate:>10,.0f}{found.usual:>10.2f}{found.late:>10.2f}{found.memory:>8.0f}", flush=True)
    quarter = SLICES // 4
    before, after = slices[quarter : 2 * quarter], slices[-quarter:]
    memory = max(one.memory for one in after) / max(one.memory for one in before)
    latency = statistics.median(one.late for one in after) / statistics.median(one.late for one in before)
    print(f"last quarter beside the second: {memory:.2f} times the memory, {latency:.2f} times the 99th percentile")
    return int(memory > MOST_MEMORY or latency > MOST_LATENCY)


if __name__ == "__main__":
    sys.exit(main())
