"""Runs that are stopped: nothing half-written under a final name, and the next run goes on where they were."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk import journal, run
from bulk.chunks import ChunkAnswer
from bulk.exits import Exit
from bulk.inputs import open_input
from bulk.journal import START, Checkpoint, Journal, load_checkpoint
from bulk.samples import Sample
from bulk.tally import Tally

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets, Launch

BROKEN = 7
HASTY = ("-c", "import bulk.journal, bulk.cli; bulk.journal.EVERY = 0.05; bulk.cli.main(prog_name='drets')")
"""The command with a checkpoint after nearly every chunk, so that a test need not take long to meet one."""


def make_input(path: Path, records: int) -> None:
    """Write records that all differ; every seventh is broken."""
    lines = (
        json.dumps({"dc:title": f"Record {number}", "dc:date": str(1000 + number % 1000), "dc:rights": f"CC BY {number % 5}.0"})
        for number in range(records)
    )
    path.write_text("".join(line[: -(number % BROKEN == 0) or None] + "\n" for number, line in enumerate(lines)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read(path: Path) -> bytes:
    with open_input(str(path)) as opened:
        return b"".join(opened.blocks())


@pytest.fixture
def stop_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
    """Let a run be stopped, as by Ctrl-C, after so many chunks, with a checkpoint after each."""
    whole = run._answers  # noqa: SLF001 - the seam at which a stop can be placed
    monkeypatch.setattr(journal, "EVERY", 0.0)

    def stop(chunks: int | None) -> None:
        def answers(*arguments: object, **options: object) -> Iterator[ChunkAnswer]:
            for number, answer in enumerate(whole(*arguments, **options)):  # type: ignore[arg-type]  # handed through
                if number == chunks:
                    raise KeyboardInterrupt
                yield answer

        monkeypatch.setattr(run, "_answers", answers)

    return stop


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize("chunks", [0, 1, 3])
def test_a_run_that_is_resumed_writes_what_one_in_one_go_writes(
    drets: Drets, tmp_path: Path, stop_after: Callable[[int | None], None], suffix: str, chunks: int
) -> None:
    make_input(tmp_path / "in", 1100)
    arguments = ("normalize", tmp_path / "in", "--rejects", tmp_path / "rejects", "--report", tmp_path / "report")
    assert drets(*arguments, "-o", tmp_path / f"whole{suffix}").exit_code == Exit.FAULTY
    rejects, report = read(tmp_path / "rejects"), json.loads(read(tmp_path / "report"))
    (tmp_path / "rejects").unlink()

    stop_after(chunks)
    stopped = drets(*arguments, "-o", tmp_path / f"out{suffix}")
    assert stopped.exit_code == Exit.INTERRUPTED
    assert "--resume" in stopped.stderr
    assert f"out{suffix}" not in names(tmp_path)
    assert "rejects" not in names(tmp_path)

    stop_after(None)
    resumed = drets(*arguments, "-o", tmp_path / f"out{suffix}", "--resume")
    assert resumed.exit_code == Exit.FAULTY
    assert (tmp_path / f"out{suffix}").read_bytes() == (tmp_path / f"whole{suffix}").read_bytes()
    assert read(tmp_path / "rejects") == rejects
    assert json.loads(read(tmp_path / "report")) == report
    assert names(tmp_path) == sorted(["in", f"whole{suffix}", f"out{suffix}", "rejects", "report"])


def test_a_stop_while_the_names_are_given_loses_nothing(drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_input(tmp_path / "in", 300)
    arguments = ("normalize", tmp_path / "in", "-o", tmp_path / "out", "--rejects", tmp_path / "rejects")
    drets(*arguments)
    whole, rejects = read(tmp_path / "out"), read(tmp_path / "rejects")

    given = shutil.move

    def replace(self: Path, target: str) -> None:
        if self.name == "out.partial":
            raise KeyboardInterrupt
        given(self, target)

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", replace)
        assert drets(*arguments).exit_code == Exit.INTERRUPTED
    assert names(tmp_path) == ["in", "out", "out.journal", "out.partial", "rejects"]

    assert drets(*arguments, "--resume").exit_code == Exit.FAULTY
    assert names(tmp_path) == ["in", "out", "rejects"]
    assert (read(tmp_path / "out"), read(tmp_path / "rejects")) == (whole, rejects)


@pytest.mark.parametrize("change", [("touch",), ("--from", "ndjson"), ("--rejects", "other")])
def test_a_run_that_differs_does_not_go_on(
    drets: Drets, tmp_path: Path, stop_after: Callable[[int | None], None], monkeypatch: pytest.MonkeyPatch, change: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    make_input(tmp_path / "in", 600)
    stop_after(1)
    drets("normalize", "in", "-o", "out")
    kept = read(tmp_path / "out.partial")
    stop_after(None)
    if change == ("touch",):
        os.utime(tmp_path / "in", (1, 1))
        change = ()
    refused = drets("normalize", "in", "-o", "out", "--resume", *change)
    assert refused.exit_code == Exit.FAILED
    assert "cannot resume" in refused.stderr
    assert read(tmp_path / "out.partial") == kept
    assert "out" not in names(tmp_path)


def test_without_a_journal_resume_starts_at_the_beginning(drets: Drets, tmp_path: Path) -> None:
    make_input(tmp_path / "in", 3)
    assert drets("normalize", tmp_path / "in", "-o", tmp_path / "out", "--resume").exit_code == Exit.FAULTY
    assert names(tmp_path) == ["in", "out"]


def test_a_journal_gives_back_the_last_checkpoint_and_what_was_counted(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    kept = Journal(path, {"a": 1}, START)
    assert load_checkpoint(path, {"a": 1}) == (START, Tally())
    tally = Tally(records=4, issues=Counter(x=2), unresolved=Counter({("license", "?"): 3}), examples={("license", "?"): "in:1"})
    tally.samples.add((Sample(7, "in:1", "before", "after"),))
    kept.note(Checkpoint(5, 1, 9, 3), tally)
    assert load_checkpoint(path, {"a": 1}) == (Checkpoint(5, 1, 9, 3), tally)
    assert names(tmp_path) == ["journal"]


@pytest.mark.slow
def test_kill_9_loses_and_doubles_no_record(drets: Drets, launch: Launch, tmp_path: Path) -> None:
    make_input(tmp_path / "in", 2_000)
    drets("normalize", tmp_path / "in", "-o", tmp_path / "whole", "--rejects", tmp_path / "whole-rejects", "--workers", 1)
    arguments = ("normalize", "in", "-o", "out", "--rejects", "rejects", "--workers", 2)
    with launch(*arguments, program=HASTY) as process:
        wait_for_checkpoint(process, tmp_path / "out.journal")
        process.send_signal(signal.SIGKILL)
    assert "out" not in names(tmp_path)
    with launch(*arguments, "--resume") as process:
        process.communicate()
    assert process.returncode == Exit.FAULTY
    assert read(tmp_path / "out") == read(tmp_path / "whole")
    assert [reject["line"] for reject in map(json.loads, read(tmp_path / "rejects").splitlines())] == list(range(1, 2_001, BROKEN))


@pytest.mark.slow
def test_ctrl_c_stops_all_processes_without_a_word_too_many(launch: Launch, tmp_path: Path) -> None:
    make_input(tmp_path / "in", 20_000)
    with launch("normalize", "in", "-o", "out", "--rejects", "rejects", "--workers", 2, program=HASTY, start_new_session=True) as process:
        wait_for_checkpoint(process, tmp_path / "out.journal")
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == Exit.INTERRUPTED
    assert said.decode().split("\n") == ["drets: what is done is kept; go on with --resume", "", "drets: stopped", ""]
    assert names(tmp_path) == ["in", "out.journal", "out.partial", "rejects.partial"]
    assert load_lines(tmp_path / "out.journal") >= 2


def wait_for_checkpoint(process: subprocess.Popen[bytes], path: Path) -> None:
    """Wait for the event itself, or for the end of the run; the limit is only for one that hangs, for a busy machine starts workers slowly."""
    end = time.monotonic() + _HANGS_SECONDS
    while load_lines(path) < 2:
        assert process.poll() is None, "the run ended before its first checkpoint: give it more records"
        assert time.monotonic() < end
        time.sleep(0.05)


_HANGS_SECONDS = 300


def load_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0
