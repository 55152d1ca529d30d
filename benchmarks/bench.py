"""Measures everything, in less than ten minutes, and writes one table as Markdown and as JSON.

    python -m benchmarks.bench [--only start values texts bulk service] [-o build/bench] [--scancode PYTHON]

Every figure is a ratio to a floor (what this machine can do at all) or to a peer (what a user would otherwise use), taken in the same run,
and in seconds of the processor wherever another program on the machine could blur it. ``docs/performance.md`` tells how to read it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import orjson

from benchmarks import of_bulk, of_service, of_start, of_texts, of_values
from benchmarks.measures import Row
from normalizers import build_registry

PARTS = ("start", "bulk", "service", "values", "texts")
"""The parts that start processes come first: a process counts the memory of the one that started it as its own."""
LIBRARIES = ("drets", "spacy", "aiohttp", "orjson", "marshmallow", "langcodes", "daachorse")
HEADS = ("what", "drets", "beside", "its figure", "ratio", "to reach", "reached")


def measure(parts: list[str], folder: Path, scancode: Path | None, records: int, requests: int) -> Iterator[Row]:
    """Measure the parts in turn."""
    cache = folder / "cache"
    if "start" in parts:
        yield from of_start.rows(cache)
    if "bulk" in parts:
        yield from of_bulk.rows(folder, cache, records)
    if "service" in parts:
        yield from of_service.rows(cache, requests)
    if not {"values", "texts"}.isdisjoint(parts):
        registry = build_registry(cache=cache)
        registry.warm()
        if "values" in parts:
            yield from of_values.rows(registry, folder, scancode)
        if "texts" in parts:
            yield from of_texts.rows(registry, folder)


def machine() -> dict[str, str]:
    """Say on what the figures were taken."""
    found = {"date": datetime.now(UTC).isoformat(timespec="minutes"), "python": sys.version.split()[0], "system": platform.platform()}
    return {**found, "processors": str(os.cpu_count()), "model": _model(), **{name: version(name) for name in LIBRARIES}}


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def as_markdown(rows: list[Row], where: dict[str, str]) -> str:
    """Write the table, with what it was taken on below."""
    lines = [HEADS, *(("---",) * len(HEADS),), *map(_cells, rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{table}\n\n{', '.join(f'{name} {value}' for name, value in where.items())}\n"


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{_short(row.ratio)} {row.means}"
    reached = "" if row.reached is None else "yes" if row.reached else "no"
    theirs = row.note or ("" if row.theirs is None else f"{_short(row.theirs)} {row.unit}")
    return row.what.replace("|", "\\|"), f"{_short(row.ours)} {row.unit}", row.beside, theirs, ratio, row.reach, reached


def _short(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"  # noqa: PLR2004 - three digits say enough


def main() -> None:
    """Measure, show each row as it comes, and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("-o", "--output", type=Path, default=Path("build", "bench"), help="folder for table.md and table.json")
    parser.add_argument("--scancode", type=Path, help="a Python that has scancode-toolkit-mini, to measure its detector too")
    parser.add_argument("--records", type=int, default=100_000, help="in the files of records; 1,000,000 takes some ten minutes")
    parser.add_argument("--requests", type=int, default=1_500, help="different ones over HTTP")
    options = parser.parse_args()
    where, rows = machine(), []
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(options.only, Path(folder), options.scancode, options.records, options.requests):
            print("  ".join(filter(None, _cells(row))), flush=True)
            rows.append(row)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "table.md").write_text(as_markdown(rows, where), encoding="utf-8")
    document = {"machine": where, "rows": rows}
    (options.output / "table.json").write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    print(f"written to {options.output / 'table.md'} and table.json")


if __name__ == "__main__":
    main()
