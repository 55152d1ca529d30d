"""The same records through `drets normalize` and through `drets spark` on this machine: whether they answer the same, and how fast.

    python benchmarks/spark_rate.py [--records 20000] [--cores 2] [--folder DIR]

The records are made by ``generate.py``. Spark has an order of its own, so the outputs are compared as sets of lines that may repeat: by
their number, and by the sum of a digest of each. Printed are records a second by the clock, start included, and by the time of the
processors, which does not depend on what else the machine is doing. Needs Linux, ``drets[spark]`` and Java 17.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

FAULTY = 1
WATCH = 0.2


def run(folder: Path, name: str, records: int, *command: str) -> None:
    """Run a command of drets in the folder, and print what it took."""
    worked: dict[int, float] = {}
    began = time.perf_counter()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "bulk", *command], cwd=folder, stderr=said, start_new_session=True
        )
        while process.poll() is None:
            worked |= worked_by(process.pid)
            time.sleep(WATCH)
    seconds, busy = time.perf_counter() - began, sum(worked.values())
    if process.returncode != FAULTY:
        text = (folder / "said").read_text()
        sys.exit(f"{name}: ended with {process.returncode}, and some records are broken on purpose\n{text}")
    print(f"{name:18} {seconds:8.1f} s {records / seconds:8,.0f} records/s {records / busy:8,.0f} records a second of a core", flush=True)


def worked_by(session: int) -> dict[int, float]:
    """Give the seconds of processor that each process of a session has had so far: Spark's workers are no children of ours, but in it."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            identity, _, rest = stat.read_text().rpartition(")")
            values = rest.split()
            if int(values[3]) == session:
                found[int(identity.split()[0])] = (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
    return found


def lines(paths: Iterable[Path]) -> Iterator[bytes]:
    """Give the lines of these files."""
    for path in paths:
        with path.open("rb") as file:
            yield from (line.rstrip(b"\n") for line in file)


def fingerprint(found: Iterable[bytes]) -> tuple[int, int]:
    """Give the number of lines and the sum of their digests, which does not depend on their order."""
    count = total = 0
    for line in found:
        count += 1
        total += int.from_bytes(blake2b(line, digest_size=16).digest())
    return count, total % 2**128


def main() -> None:
    """Make the records, run both, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the files stay; a temporary folder when left out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        maker = [sys.executable, str(Path(__file__).with_name("generate.py")), str(folder / "records.ndjson")]
        subprocess.run([*maker, "--records", str(options.records)], check=True)  # noqa: S603 - our own program
        counts = (options.records, "normalize", "records.ndjson", "-o", "alone.ndjson", "--rejects", "alone.rejects")
        run(folder, "drets normalize", *counts, "--workers", str(options.cores))
        cut = ("--partitions", str(options.cores * 8), "--conf", "spark.ui.enabled=false")
        run(folder, "drets spark", options.records, "spark", "records.ndjson", "spark", "--master", f"local[{options.cores}]", *cut)
        alone, spark = fingerprint(lines([folder / "alone.ndjson"])), fingerprint(lines(sorted((folder / "spark").glob("part-*"))))
        if alone != spark:
            sys.exit(f"the answers differ: {alone[0]:,} lines and {spark[0]:,}")
        print(f"both wrote the same {alone[0]:,} lines")


if __name__ == "__main__":
    main()
