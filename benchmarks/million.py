"""Many records through `drets normalize`: how fast, with how much memory, and whether the answer is the same whatever happens on the way.

    python benchmarks/million.py [--records 1000000] [--folder DIR] [--only one two killed]

The records are made by ``generate.py``. They are read with one worker, with two, and with two that are killed (``kill -9``) at a random
moment and gone on with by ``--resume``. The three outputs and the three files of rejects must be equal byte for byte. Printed are records a
second, start included, and the peak of the resident set of the largest process, as ``/proc`` tells it, so Linux is needed. Outputs are
compressed (.zst), because the whole answers of a million records take some gigabytes.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WATCH = 0.5
BROKEN = 1_000
IDENTIFIER = re.compile(rb"works\.(\d{8})")
CASES = ("one", "two", "killed")
FAULTY = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took: its seconds, those of its processors, and the peak of the largest of its processes, in bytes."""

    seconds: float
    peak: int
    code: int


def family(process: int) -> list[int]:
    """List a process and all below it."""
    below = []
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            below += [int(child) for child in (thread / "children").read_text().split()]
    return [process, *(found for child in below for found in family(child))]


def peak(process: int) -> int:
    """Give the highest resident set of a process so far, in bytes; 0 where it is gone."""
    with suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii")):
            return int(found[1]) * 1024
    return 0


def run(folder: Path, name: str, workers: int, *, kill_after: float | None = None, resume: bool = False) -> Measured:
    """Run the command over the records, and watch its processes; kill the first of them after so many seconds."""
    command = [sys.executable, "-m", "bulk", "normalize", "records.ndjson", "-o", f"{name}.ndjson.zst", "--rejects", f"{name}.rejects"]
    command += ["--workers", str(workers), *(["--resume"] if resume else [])]
    began, highest = time.perf_counter(), 0
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    while process.poll() is None:
        highest = max((highest, *map(peak, family(process.pid))))
        if kill_after is not None and time.perf_counter() - began > kill_after:
            process.send_signal(signal.SIGKILL)
        time.sleep(WATCH)
    return Measured(time.perf_counter() - began, highest, process.returncode)


def say(name: str, records: int, measured: Measured) -> None:
    """Print one line of the table; without a rate for a run that did not do all of the records."""
    rate = f"{records / measured.seconds:8,.0f} records/s " if records else ""
    print(f"{name:28} {measured.seconds:9.1f} s {rate}{measured.peak / 2**20:7.0f} MiB at most", flush=True)
    if measured.code != FAULTY:
        sys.exit(f"{name}: ended with {measured.code}, and some records are broken on purpose")


def killed(folder: Path, usual: float, chance: random.Random) -> None:
    """Kill a run at a random moment, and go on with it."""
    moment = usual * chance.uniform(0.2, 0.8)
    stopped = run(folder, "killed", 2, kill_after=moment)
    if stopped.code != -signal.SIGKILL:
        sys.exit(f"the run ended with {stopped.code} before it was killed")
    partial = folder / "killed.ndjson.zst.partial"
    done = partial.stat().st_size if partial.exists() else 0
    print(f"{'killed':28} {stopped.seconds:9.1f} s, {done:,} bytes written", flush=True)
    say("gone on with", 0, run(folder, "killed", 2, resume=True))


def account(folder: Path, name: str, records: int) -> None:
    """Make sure that a run wrote every record once and in order, those apart that are broken: by the identifiers, of which none repeats."""
    found = -1
    with zstd.open(folder / f"{name}.ndjson.zst", "rb") as lines:
        for line in lines:
            expected = found + 1 if (found + 1) % BROKEN != BROKEN - 1 else found + 2
            found = int(IDENTIFIER.findall(line)[0])
            if found != expected:
                sys.exit(f"{name}: record {found} stands where record {expected} should")
    if found + 1 not in {records, records - 1}:
        sys.exit(f"{name}: ends with record {found}")
    print(f"{name}: every record is there once, in order", flush=True)


def compare(folder: Path, first: str, second: str) -> None:
    """Tell whether two runs wrote the same."""
    for ending in (".ndjson.zst", ".rejects"):
        if not filecmp.cmp(folder / f"{first}{ending}", folder / f"{second}{ending}", shallow=False):
            sys.exit(f"{first}{ending} and {second}{ending} differ")
    print(f"{first} and {second} wrote the same, byte for byte", flush=True)


def main() -> None:
    """Make the records, do the runs, and compare what they wrote."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the files stay; a temporary folder when left out")
    parser.add_argument("--only", nargs="+", choices=CASES, default=CASES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        maker = [sys.executable, str(Path(__file__).with_name("generate.py")), str(folder / "records.ndjson")]
        subprocess.run([*maker, "--records", str(options.records), "--seed", str(options.seed)], check=True)  # noqa: S603 - our own program
        chance, usual, done = random.Random(os.urandom(8)), options.records / 1000, []  # noqa: S311 - it decides when to kill, no more
        for name, workers in (("one", 1), ("two", 2)):
            if name in options.only:
                measured = run(folder, name, workers)
                say(f"{name} worker{'s' * (workers > 1)}", options.records, measured)
                usual = measured.seconds
                done.append(name)
        if "killed" in options.only:
            killed(folder, usual, chance)
            done.append("killed")
        account(folder, done[-1], options.records)
        for name in done[1:]:
            compare(folder, done[0], name)


if __name__ == "__main__":
    main()
