"""Drill: `drets normalize` is killed (-9) at random moments over inputs of every format, and gone on with until it is done.

Nothing may be lost, doubled or out of order. Short by default; ``pytest tests/drills --long-drills`` is eight kills over 60,000 records.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bulk.exits import Exit
from bulk.formats import read_records
from bulk.record_answers import answer_record, dump_answer
from bulk.records import Item, Reject
from normalizers import Registry

pytestmark = pytest.mark.slow

HASTY = ("-c", "import bulk.journal, bulk.cli; bulk.journal.EVERY = 0.05; bulk.cli.main(prog_name='drets')")
"""The command with a checkpoint after nearly every chunk: so a short run has many, at each of which it may be cut."""

FORMS = ("ndjson", "csv", "ris", "bibtex", "text", "oai_dc")
PATIENCE = 300.0


def expected(registry: Registry, folder: Path) -> tuple[bytes, list[Reject]]:
    """Give what a run over all inputs must write, and what it must turn away."""
    records = [record for record, _ in read_records([str(folder / form) for form in FORMS])]
    answers = [answer_record(registry, record) if isinstance(record, Item) else record for record in records]
    lines = (dump_answer(answer, pretty=False) for answer in answers if not isinstance(answer, Reject))
    return b"".join(lines), [answer for answer in answers if isinstance(answer, Reject)]


def start(folder: Path, inputs: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    arguments = (*(str(inputs / form) for form in FORMS), "-o", "out", "--rejects", "rejects", "--workers", "2", "--resume")
    return subprocess.Popen([sys.executable, *HASTY, "normalize", *arguments], cwd=folder, env=environment, stderr=subprocess.PIPE)  # noqa: S603 - ours


def progress(folder: Path) -> int:
    journal = folder / "out.journal"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def kill_on_the_way(folder: Path, inputs: Path, chance: random.Random) -> bool:
    """Start or go on, and kill some moment after the next checkpoint; tell whether it was killed before its end."""
    before, end = progress(folder), time.monotonic() + PATIENCE
    process = start(folder, inputs)
    while process.poll() is None and progress(folder) <= before:
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 0.3))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_kills_lose_and_double_no_record(registry: Registry, generate: Any, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    is_long = request.config.getoption("--long-drills")
    inputs, folder = tmp_path / "inputs", tmp_path / "run"
    inputs.mkdir()
    folder.mkdir()
    for form in FORMS:
        generate.write(inputs / form, 10_000 if is_long else 200, seed=7, form=form)
    chance = random.Random(os.urandom(8))  # noqa: S311 - it decides when to kill, no more
    kills = sum(kill_on_the_way(folder, inputs, chance) for _ in range(8 if is_long else 1))
    assert kills
    process = start(folder, inputs)
    _, said = process.communicate(timeout=PATIENCE)
    output, rejects = expected(registry, inputs)
    assert process.returncode == (Exit.FAULTY if rejects else Exit.DONE), said
    assert (folder / "out").read_bytes() == output
    written = (folder / "rejects").read_bytes()
    assert written == b"".join(reject.as_json() for reject in rejects)
    assert sorted(path.name for path in folder.iterdir()) == ["out", "rejects"]
