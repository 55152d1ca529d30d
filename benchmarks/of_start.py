"""From the start of a process to an engine that answers, beside the import of the two libraries that it cannot do without."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measures import Row, best, run

FLOOR = "import aiohttp, spacy"
OURS = "from normalizers import build_registry; from pathlib import Path; import sys; build_registry(cache=Path(sys.argv[1])).warm()"
BUILD = """
import sys
from pathlib import Path
from bulk.building import Builder
Builder(None, None, None, cache=Path(sys.argv[1])).registry().warm()
"""
MOST_SECONDS, MOST_TIMES, MOST_MEMORY = 2.5, 2.0, 250.0


def rows(cache: Path) -> Iterator[Row]:
    """Measure the start with compiled language data, and without."""
    # An installer compiles the modules of what it installs. So do both sides here, wherever they stand and whatever the shell says.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(cache / "bytecode")}
    for command in (FLOOR, OURS):
        run((sys.executable, "-c", command, str(cache)), environment=compiled)
    floor = best((sys.executable, "-c", FLOOR), environment=compiled)
    ours = best((sys.executable, "-c", OURS, str(cache)), environment=compiled)
    with tempfile.TemporaryDirectory() as empty:
        built = run((sys.executable, "-c", BUILD, empty), environment=compiled)
    beside = "import of spaCy and aiohttp"
    ratio = ours.processor / floor.processor
    fast = ratio <= MOST_TIMES and ours.processor <= MOST_SECONDS
    yield Row("start to ready, compiled", ours.processor, "s", beside, floor.processor, ratio, "times its time", "2, and 2.5 s", fast)
    ratio = ours.memory / floor.memory
    small = ours.memory <= MOST_MEMORY
    yield Row("memory of a process that is ready", ours.memory, "MB", beside, floor.memory, ratio, "times as much", "250 MB", small)
    ratio = built.processor / floor.processor
    yield Row("start to ready, built anew", built.processor, "s", beside, floor.processor, ratio, "times its time")
