"""`drets impact`: which answers a change of data alters, by count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk.exits import Exit

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

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
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "layers").mkdir()
    (folder / "layers/ours.yaml").write_text(LAYER, encoding="utf-8")
    return folder


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
