"""A folder as output: a file in it for each input."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk.exits import Exit

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

RECORD = '{"dc:title": "%s"}\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have two files and a folder of them, one broken."""
    (tmp_path / "more" / "deep").mkdir(parents=True)
    (tmp_path / "a.json").write_text(RECORD % "A", encoding="utf-8")
    (tmp_path / "more" / "b.ndjson.gz").write_bytes(gzip.compress((RECORD % "B").encode() + b"[1]\n"))
    (tmp_path / "more" / "deep" / "c").write_text(RECORD % "C", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def titles(folder: Path) -> dict[str, list[str]]:
    return {
        path.relative_to(folder).as_posix(): [json.loads(line)["metadata"]["title"] for line in path.read_text("utf-8").splitlines()]
        for path in folder.rglob("*")
        if path.is_file()
    }


ALL = {"a.ndjson": ["A"], "b.ndjson": ["B"], "deep/c.ndjson": ["C"]}


@pytest.mark.parametrize("out", ["out/", "new/out/", "there"])
def test_each_input_has_its_file_and_all_are_counted_together(drets: Drets, home: Path, out: str) -> None:
    (home / "there").mkdir()
    run = drets("normalize", "a.json", "more", "-o", out, "--rejects", "rejects/", "--report", "report.json")
    assert (run.exit_code, run.stderr) == (Exit.FAULTY, "drets: 3 normalized, 1 rejected\n")
    assert titles(home / out) == ALL
    assert json.loads((home / "rejects" / "b.ndjson").read_text())["record"] == "[1]"
    assert json.loads((home / "report.json").read_text())["records"] == 3


def test_what_was_written_before_is_no_input(drets: Drets, home: Path) -> None:
    for _ in range(2):
        drets("normalize", ".", "-o", "out/", "--rejects", "rejects/", "--resume")
        assert titles(home / "out") == {"a.ndjson": ["A"], "more/b.ndjson": ["B"], "more/deep/c.ndjson": ["C"]}


def test_a_file_is_called_by_its_form(drets: Drets, home: Path) -> None:
    assert drets("normalize", "a.json", "-o", "out/", "--to", "csv", "--columns", "title").exit_code == Exit.DONE
    assert (home / "out" / "a.csv").read_text("utf-8").splitlines() == ["title", "A"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("normalize", "-", "-o", "out/"),
        ("normalize", "-o", "out/"),
        ("normalize", "a.json", "a.xml", "-o", "out/"),
        ("normalize", "a.json", "-o", "out/", "--rejects", "rejects"),
        ("normalize", "a.json", "-o", "out", "--unsaid", "unsaid/", "--to", "csv"),
        ("normalize", "a.json", "--rejects", "rejects/"),
        ("normalize", "a.json", "--report", "report/"),
        ("normalize", "same.ndjson", "-o", "./"),
        ("values", "a.json", "-o", "out/"),
        ("schema", "-o", "more"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(drets: Drets, home: Path, arguments: tuple[str, ...]) -> None:
    for name in ("a.xml", "same.ndjson"):
        (home / name).write_text(RECORD % "A", encoding="utf-8")
    before = sorted(home.rglob("*"))
    run = drets(*arguments, given=RECORD % "A")
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert sorted(home.rglob("*")) == before
    assert (home / "same.ndjson").read_text(encoding="utf-8") == RECORD % "A"
