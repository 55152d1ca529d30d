"""`drets normalize`: every record comes out clean, or is set aside with the reason."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bulk.engine import open_engine
from bulk.exits import Exit
from normalizers import Registry

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

PAGE = "Bolets de tardor\nPuig Roca, Marta (Universitat de Prova)\n\nDate: 2012\nLanguage: Anglès\nRights: CC BY 4.0\n"
RECORDS = [{"dc:title": f"Record {number}", "dc:language": "cat", "dc:rights": "CC BY 4.0", "x-odd": "kept"} for number in range(5)]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.split("\n")[:-1]]


@pytest.fixture
def expected(registry: Registry) -> list[dict[str, Any]]:
    return [registry.normalize_record(json.dumps(record), format="json") for record in RECORDS]


@pytest.mark.parametrize(
    "content",
    [LINES, json.dumps(RECORDS), json.dumps(RECORDS, indent=2), "\ufeff" + LINES, LINES.replace("\n", "\r\n\r\n")],
    ids=["lines", "list", "indented", "marked", "blank lines"],
)
def test_records_come_out_as_the_library_gives_them(drets: Drets, expected: list[dict[str, Any]], content: str) -> None:
    run = drets("normalize", given=content)
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    assert answers(run.stdout) == expected


def test_a_folder_without_a_file_is_told_from_one_that_was_read(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / ".hidden.json").write_text(LINES, encoding="utf-8")
    run = drets("normalize", tmp_path)
    assert (run.exit_code, run.stdout, run.stderr) == (Exit.DONE, "", f"drets: there is no file in {tmp_path}\n")


@pytest.mark.parametrize("option", ["--output", "--rejects", "--report"])
def test_what_is_written_never_takes_the_place_of_an_input(drets: Drets, tmp_path: Path, option: str) -> None:
    (tmp_path / "records.ndjson").write_text(LINES, encoding="utf-8")
    (tmp_path / "link").symlink_to("records.ndjson")
    run = drets("normalize", tmp_path / "records.ndjson", option, tmp_path / "link")
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")
    assert "is an input" in run.stderr
    assert (tmp_path / "records.ndjson").read_text(encoding="utf-8") == LINES


def test_a_page_comes_out_as_the_library_gives_it(drets: Drets, registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    run = drets("normalize", tmp_path / "page.txt")
    assert answers(run.stdout) == [registry.normalize_record(PAGE, format="text")]


SPANISH = {"dc:title": "Los antiguos molinos de agua del valle y su influencia en el paisaje de toda la comarca", "dc:language": "cat"}


def test_languages_are_detected_where_that_is_asked_for(drets: Drets, registry: Registry) -> None:
    run = drets("normalize", "--detect", given=json.dumps(SPANISH))
    assert answers(run.stdout) == [registry.normalize_record(SPANISH, format="json", detect=True)]
    assert [issue["code"] for issue in answers(run.stdout)[0]["issues"]] == ["language_disagrees"]


def test_without_the_detector_nothing_is_read(drets: Drets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lingua", None)
    monkeypatch.delitem(open_engine(None, None).__dict__, "_loaded_detector", raising=False)
    run = drets("normalize", "--detect", given=json.dumps(SPANISH))
    assert (run.exit_code, run.stdout) == (Exit.FAILED, "")
    assert "pip install 'drets[detect]'" in run.stderr


def test_an_object_may_stand_over_many_lines(drets: Drets, expected: list[dict[str, Any]]) -> None:
    assert answers(drets("normalize", given=json.dumps(RECORDS[0], indent=4)).stdout) == expected[:1]


def test_pretty_is_the_same_with_indents(drets: Drets, expected: list[dict[str, Any]]) -> None:
    run = drets("normalize", "--pretty", given=json.dumps(RECORDS[0]))
    assert run.stdout.startswith('{\n  "')
    assert json.loads(run.stdout) == expected[0]


def test_inputs_of_several_kinds_follow_each_other(
    drets: Drets, tmp_path: Path, expected: list[dict[str, Any]], registry: Registry
) -> None:
    (tmp_path / "1.json.gz").write_bytes(gzip.compress(json.dumps(RECORDS).encode()))
    (tmp_path / "2.txt").write_text(PAGE, encoding="utf-8")
    run = drets("normalize", tmp_path, "-", given=LINES)
    assert answers(run.stdout) == [*expected, registry.normalize_record(PAGE, format="text"), *expected]


def test_a_broken_record_is_set_aside_and_the_rest_goes_on(drets: Drets, tmp_path: Path, expected: list[dict[str, Any]]) -> None:
    first, *others = LINES.encode().splitlines(keepends=True)
    (tmp_path / "in").write_bytes(first + b'{"dc:title": }\n[1]\n{"dc:title": "caf\xe9"}\n' + b"".join(others))
    run = drets("normalize", tmp_path / "in", "--rejects", tmp_path / "rejects", "-o", tmp_path / "out")
    assert (run.exit_code, run.stdout) == (Exit.FAULTY, "")
    assert run.stderr == "drets: 5 normalized, 3 rejected\n"
    assert answers((tmp_path / "out").read_text()) == expected
    rejects = answers((tmp_path / "rejects").read_text())
    assert [(reject["file"], reject["line"], reject["title"]) for reject in rejects] == [
        (str(tmp_path / "in"), 2, "Malformed record"),
        (str(tmp_path / "in"), 3, "Malformed record"),
        (str(tmp_path / "in"), 4, "Not UTF-8"),
    ]
    assert [reject["record"] for reject in rejects] == ['{"dc:title": }', "[1]", '{"dc:title": "caf\ufffd"}']
    assert all(reject["detail"] for reject in rejects)


def test_without_a_file_of_rejects_standard_error_names_them(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "in").write_text('{"dc:title": "A"}\n{"dc:title": }\n')
    run = drets("normalize", tmp_path / "in")
    assert run.exit_code == Exit.FAULTY
    assert len(answers(run.stdout)) == 1
    assert run.stderr.startswith(f"drets: {tmp_path / 'in'}:2: Malformed record: ")


def test_an_input_that_cannot_be_read_costs_none_of_the_others(drets: Drets, tmp_path: Path, expected: list[dict[str, Any]]) -> None:
    (tmp_path / "1.gz").write_bytes(gzip.compress(LINES.encode() * 500)[:-20])
    (tmp_path / "2.xml").write_text("<html/>")
    (tmp_path / "3.ndjson").write_text(LINES)
    run = drets("normalize", tmp_path, "-o", tmp_path / "out", "--rejects", tmp_path / "rejects")
    assert run.exit_code == Exit.FAULTY
    assert [reject["title"] for reject in answers((tmp_path / "rejects").read_text())] == ["Damaged input", "Unknown format"]
    assert answers((tmp_path / "out").read_text())[-5:] == expected


def test_nothing_in_nothing_out(drets: Drets, tmp_path: Path) -> None:
    run = drets("normalize", "-o", tmp_path / "out", given="")
    assert (run.exit_code, run.stderr) == (Exit.DONE, "")
    assert (tmp_path / "out").read_bytes() == b""


def test_the_report_counts_what_was_found(drets: Drets, tmp_path: Path) -> None:
    odd = [{"dc:language": "Xyzzy plugh", "dc:rights": "CC BY 4.0"}] * 3
    run = drets("normalize", "-o", tmp_path / "out", "--report", tmp_path / "report", given=json.dumps([*odd, 1]))
    assert run.exit_code == Exit.FAULTY
    report = json.loads((tmp_path / "report").read_text())
    assert (report["records"], report["rejected"]) == (3, 1)
    assert report["statuses"]["language"] == {"unmatched": 3}
    assert report["statuses"]["license"] == {"matched": 3}
    assert report["unresolved"] == [{"field": "language", "text": "Xyzzy plugh", "count": 3, "example": "-:1"}]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--resume",),
        ("--resume", "-o", "out"),
        ("--resume", "-o", "out", "-"),
        ("-", "-"),
        ("-o", "same", "--rejects", "same"),
        ("--workers", "0"),
        ("gone.json",),
    ],
)
def test_what_cannot_go_together_is_refused(
    drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert drets("normalize", *arguments, given=LINES).exit_code == Exit.USAGE
    assert list(tmp_path.iterdir()) == []
