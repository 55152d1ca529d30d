"""How much memory the service needs for a short and for a long stream of records: the ratio should be one.

    python benchmarks/stream_memory.py [--megabytes 2 24]

A service in a process of its own reads each stream through ``POST /v1/normalize/stream``. The peak of its resident set is read
from ``/proc`` (``VmHWM``) and reset before each stream, so Linux is needed. A first stream warms it up: what the caches of the
library hold is bounded, and is not what is measured here. The records repeat a few dozen statements, as those of a repository
do; their titles and identifiers never repeat.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import aiohttp
import orjson

STATEMENTS = tuple(
    f"Es permet la còpia amb finalitats docents (apartat {number}), sempre que es citi l'autoria. CC BY-NC 4.0" for number in range(40)
)
DESCRIPTION = "Reconstrucció de la xarxa de molins d'una vall de muntanya a partir de cadastres, plets i fotografies. " * 5


def line(number: int) -> bytes:
    """Give one record as a line."""
    members = {
        "dc:title": f"Els molins fariners de la vall, part {number}",
        "dc:language": "Català",
        "dc:type": "info:eu-repo/semantics/article",
        "dc:rights": STATEMENTS[number % len(STATEMENTS)],
        "dc:identifier": f"https://repositori.example/handle/10/{number}",
        "dc:description": DESCRIPTION,
    }
    return orjson.dumps(members, option=orjson.OPT_APPEND_NEWLINE)


async def lines(size: int) -> AsyncIterator[bytes]:
    """Give records until they have a size in bytes, in pieces of some hundred kilobytes."""
    number = sent = 0
    while sent < size:
        piece = b"".join(line(number + offset) for offset in range(200))
        number += 200
        sent += len(piece)
        yield piece


@contextmanager
def running() -> Iterator[tuple[str, int]]:
    """Run the service until it is ready, and give its address and process id."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    environment = {**inherited, "DRETS_PORT": "0", "DRETS_LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "service"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - ours
        assert process.stderr is not None  # noqa: S101 - for the type checker
        for said in process.stderr:
            if found := re.search(r"^Try it: .*(http://127\.0\.0\.1:\d+)/", said):
                yield found[1], process.pid
                break
        process.terminate()


def peak(process: int) -> float:
    """Give the highest resident set of a process since it was last reset, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1000


def measure(url: str, process: int, size: int) -> tuple[float, float, int, int]:
    """Send a stream; give the peak of the service, its seconds, and how many records and bytes came back."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
    began = perf_counter()
    records, received = asyncio.run(stream(url, size))
    return peak(process), perf_counter() - began, records, received


async def stream(url: str, size: int) -> tuple[int, int]:
    """Send a stream; give how many records and bytes came back."""
    records = received = 0
    headers = {"Content-Type": "application/x-ndjson"}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:  # noqa: SIM117 - one is for all, one for each
        async with session.post(f"{url}/v1/normalize/stream", data=lines(size), headers=headers) as response:
            async for chunk in response.content.iter_any():
                records += chunk.count(b"\n")
                received += len(chunk)
                if b'"urn:drets:problem' in chunk:
                    raise SystemExit(chunk.decode(errors="replace"))
    return records, received


def main() -> None:
    """Print the peak of each stream, and the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[2, 24])
    sizes = parser.parse_args().megabytes
    peaks = []
    with running() as (url, process):
        measure(url, process, 1_000_000)
        print(f"{'MB in':>8}{'MB out':>8}{'records':>10}{'seconds':>9}{'records/s':>11}{'peak MB':>9}")
        for size in sizes:
            highest, seconds, records, received = measure(url, process, int(size * 1_000_000))
            peaks.append(highest)
            print(f"{size:>8g}{received / 1e6:>8.1f}{records:>10,}{seconds:>9.1f}{records / seconds:>11,.0f}{highest:>9.1f}")
    print(f"peak at {sizes[-1]:g} MB over peak at {sizes[0]:g} MB: {peaks[-1] / peaks[0]:.3f}")


if __name__ == "__main__":
    main()
