"""How many different values there are in so many records, and how many of them a worker's cache would know already.

    python benchmarks/distinct_values.py [INPUT] [--records 1000000]

INPUT is a file of JSON records, one a line; without it they are made by ``generate.py``. A value is a text under the name it has in its
record. Counted are all values, those that were not met before, and the share that a cache of the registry's size, which forgets what was
not asked for longest, answers: the titles, abstracts and identifiers among them never repeat.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from normalizers.registry import CACHE_SIZE, LONGEST_CACHED

_MARKS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)


def values_of(content: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a record with the name that it stands under."""
    if isinstance(content, dict):
        for key, member in content.items():
            yield from values_of(member, key)
    elif isinstance(content, list):
        for member in content:
            yield from values_of(member, name)
    elif isinstance(content, str):
        yield name, content


def measure(path: Path) -> None:
    """Print a line at every mark."""
    known: set[int] = set()
    cache: OrderedDict[int, None] = OrderedDict()
    total = hits = 0
    print(f"{'records':>12} {'values':>12} {'distinct':>12} {'of the values':>14} {'cache answers':>14}")
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            for value in readable(line):
                key = hash(value)
                total += 1
                known.add(key)
                if key in cache:
                    hits += 1
                    cache.move_to_end(key)
                elif len(value[1]) <= LONGEST_CACHED:
                    cache[key] = None
                    if len(cache) > CACHE_SIZE:
                        cache.popitem(last=False)
            if number in _MARKS:
                print(f"{number:12,} {total:12,} {len(known):12,} {len(known) / total:14.1%} {hits / total:14.1%}", flush=True)


def readable(line: bytes) -> Iterator[tuple[str, str]]:
    """Give the values of a line; one that is broken on purpose has none."""
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        return iter(())
    return values_of(content)


def main() -> None:
    """Make the records where none are given, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path, nargs="?")
    parser.add_argument("--records", type=int, default=1_000_000)
    options = parser.parse_args()
    if options.input:
        measure(options.input)
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "records.ndjson"
        maker = [sys.executable, str(Path(__file__).with_name("generate.py")), str(made), "--records", str(options.records)]
        subprocess.run(maker, check=True)  # noqa: S603 - our own program
        measure(made)


if __name__ == "__main__":
    main()
