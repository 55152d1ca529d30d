"""`drets impact`: which answers a change of data alters, by count."""

from __future__ import annotations

import json
import os
import pty
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk import states
from bulk.engine import open_engine
from bulk.exits import Exit
from tests.locale_folders import few_locales

if TYPE_CHECKING:
    from normalizers import Registry
    from tests.bulk.conftest import Drets, Launch

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_builds")]  # each compares two registries

LAYER = """\
layer: ours
version: "1"
title: Ours
source: here
license: CC0-1.0
vocabulary: coar-resource-types
concepts:
  - id: http://purl.org/coar/resource_type/c_ddb1
    labels: {ca: [Conjunt zeta, Article]}
shared: {ca: [Article]}
"""
VALUES = [
    ("resource_type", "Conjunt zeta"),
    ("resource_type", "Llibre"),
    ("license", "CC BY 4.0"),
    ("resource_type", "Conjunt zeta"),
    ("resource_type", "Article"),
]


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "layers").mkdir()
    (folder / "layers/ours.yaml").write_text(LAYER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_locales(tmp_path_factory.mktemp("few"))


@pytest.fixture
def data(layered: Path, few: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a layer, and let three locales be what drets brings: to build all of them with it takes ten times as long."""

    def open_few(locales: Path | None = None, data: Path | None = None) -> Registry:
        return open_engine(locales or few, data)

    monkeypatch.setattr(states, "open_engine", open_few)
    return layered


@pytest.fixture
def values(tmp_path: Path) -> Path:
    file = tmp_path / "values.ndjson"
    lines = [json.dumps({"id": number, "field": field, "text": text}) for number, (field, text) in enumerate(VALUES)]
    file.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return file


def test_it_lists_what_changes_by_count(drets: Drets, data: Path, values: Path) -> None:
    run = drets("impact", "--after", data, "--json", values)
    report = json.loads(run.stdout)
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    counted = [report[name] for name in ("lines", "values", "changed_lines", "changed_values", "faulty_lines")]
    assert counted == [5, 4, 3, 2, 0]
    first, second = report["changes"]
    assert (first["text"], first["count"], first["before"]["status"], first["after"]["status"]) == (
        "Conjunt zeta",
        2,
        "unmatched",
        "matched",
    )
    assert first["after"]["identifiers"] == ["http://purl.org/coar/resource_type/c_ddb1"]
    assert (second["text"], second["after"]["candidates"][-1]) == ("Article", "http://purl.org/coar/resource_type/c_ddb1")
    assert ("ours" in report["before"], report["after"]["ours"]) == (False, "1")


def test_the_other_way_round_it_is_the_reverse(drets: Drets, data: Path, values: Path) -> None:
    there = json.loads(drets("impact", "--after", data, "--json", values).stdout)["changes"]
    back = json.loads(drets("impact", "--before", data, "--json", values).stdout)["changes"]
    assert [(one["after"], one["before"]) for one in there] == [(one["before"], one["after"]) for one in back]


def test_people_get_a_table(drets: Drets, data: Path, values: Path) -> None:
    run = drets("impact", "--after", data, values)
    lines = [" ".join(line.split()) for line in run.stdout.splitlines()]
    assert lines[0] == "2 of 4 values get another answer, on 3 of 5 lines"
    assert "2 1 resource_type unmatched matched" in lines
    assert "2 resource_type Conjunt zeta unmatched matched http://purl.org/coar/resource_type/c_ddb1" in lines


def test_nothing_changes_where_no_value_is_touched(drets: Drets, data: Path) -> None:
    run = drets("impact", "--after", data, "-", given='{"field": "license", "text": "CC0"}')
    assert (run.exit_code, run.stdout) == (Exit.DONE, "0 of 1 values get another answer, on 0 of 1 lines\n")


def test_faulty_lines_are_said_and_left_out(drets: Drets, data: Path) -> None:
    run = drets("impact", "--after", data, "--json", "-", given='{"field": "no", "text": ""}\n{"field": "license", "text": "CC0"}\n{\n')
    assert run.exit_code == Exit.FAULTY
    assert "drets: -:1: Unknown field: unknown field 'no'" in run.stderr
    assert "drets: -:3: Malformed line" in run.stderr
    assert (json.loads(run.stdout)["faulty_lines"], json.loads(run.stdout)["values"]) == (2, 1)


def test_the_report_can_be_written_to_a_file(drets: Drets, data: Path, values: Path, tmp_path: Path) -> None:
    run = drets("impact", "--after", data, "--json", "-o", tmp_path / "report.json", values)
    assert (run.exit_code, run.stdout) == (Exit.DONE, "")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["changed_values"] == 2


def test_it_needs_two_states(drets: Drets, data: Path, values: Path) -> None:
    assert drets("impact", values).exit_code == Exit.USAGE
    assert drets("impact", "--before", data, "--after", data, values).exit_code == Exit.USAGE
    assert drets("impact", "--after", data, "-o", "x", values).exit_code == Exit.USAGE
    assert drets("impact", "--after", data, "--json", "-o", values, values).exit_code == Exit.USAGE


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with the words of two languages; in the second, one label names another type and one is gone."""
    before, after = (few_locales(tmp_path_factory.mktemp(name), "root", "en") for name in ("before", "after"))
    words = "locale: ca\nname: Catalan\nsources: [here]\nresource_types:\n  book: [Llibre]\n"
    (before / "ca.yaml").write_text(words + "  report: [Informe zeta, Paper zeta]\n", encoding="utf-8")
    (after / "ca.yaml").write_text(words + "  dataset: [Informe zeta]\n", encoding="utf-8")
    return before, after


TYPES = "".join(
    json.dumps({"field": "resource_type", "text": text}) + "\n" for text in ["Informe zeta", "Paper zeta", "Llibre", "Informe zeta"]
)


def test_two_folders_of_locales_are_compared(drets: Drets, folders: tuple[Path, Path]) -> None:
    before, after = folders
    report = json.loads(drets("impact", "--before", before, "--after", after, "--json", "-", given=TYPES).stdout)
    changes = [(one["text"], one["count"], one["before"]["identifiers"], one["after"]["identifiers"]) for one in report["changes"]]
    assert changes == [
        ("Informe zeta", 2, ["http://purl.org/coar/resource_type/c_93fc"], ["http://purl.org/coar/resource_type/c_ddb1"]),
        ("Paper zeta", 1, ["http://purl.org/coar/resource_type/c_93fc"], []),
    ]


def test_a_folder_of_locales_is_compared_with_the_data_in_use(drets: Drets, folders: tuple[Path, Path]) -> None:
    report = json.loads(drets("impact", "--after", folders[1], "--json", "-", given=TYPES).stdout)
    (change,) = (one for one in report["changes"] if one["text"] == "Informe zeta")
    assert (change["before"]["identifiers"], change["after"]["identifiers"]) == (
        ["http://purl.org/coar/resource_type/c_93fc"],
        ["http://purl.org/coar/resource_type/c_ddb1"],
    )


def test_locales_and_layers_may_lie_in_one_folder(drets: Drets, folders: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(folders[0], tmp_path / "both")
    (tmp_path / "both" / "layers").mkdir()
    (tmp_path / "both" / "layers" / "ours.yaml").write_text(
        LAYER.replace(", Article", "").replace("shared: {ca: [Article]}\n", ""), encoding="utf-8"
    )
    given = '{"field": "resource_type", "text": "Conjunt zeta"}\n' + TYPES
    report = json.loads(drets("impact", "--before", folders[0], "--after", tmp_path / "both", "--json", "-", given=given).stdout)
    assert [(one["text"], one["after"]["status"]) for one in report["changes"]] == [("Conjunt zeta", "matched")]


def test_a_folder_without_words_is_no_state(drets: Drets, values: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = drets("impact", "--after", tmp_path / "empty", values)
    assert run.exit_code == Exit.USAGE
    assert "neither locale files" in run.stderr


def test_a_faulty_folder_is_told_with_its_faults(drets: Drets, values: Path, tmp_path: Path) -> None:
    (tmp_path / "ca.yaml").write_text("locale: ca\nname: Catalan\n", encoding="utf-8")
    run = drets("impact", "--after", tmp_path, values)
    assert run.exit_code == Exit.FAILED
    assert "ca.yaml" in run.stderr


def test_there_is_a_bar_on_a_terminal_and_the_report_is_clean(launch: Launch, folders: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "values").write_text(TYPES * 20_000, encoding="utf-8")
    terminal, theirs = pty.openpty()
    process = launch("impact", "--before", folders[0], "--after", folders[1], "--json", tmp_path / "values", stderr=theirs)
    os.close(theirs)
    stdout, _ = process.communicate(timeout=120)
    shown = os.read(terminal, 1 << 16).decode("utf-8", "replace")
    os.close(terminal)
    assert (process.returncode, json.loads(stdout)["lines"]) == (Exit.DONE, 80_000)
    assert "values" in shown
    assert "/s" in shown
