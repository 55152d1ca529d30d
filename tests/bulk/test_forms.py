"""`drets normalize --to`: the same records in other forms, whole, in order, and with an account of what they cannot say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from bulk import journal, run
from bulk.exits import Exit
from bulk.forms.delimited import BETWEEN
from normalizers import Registry
from normalizers.records.crosswalks import TARGETS

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

RECORDS: list[dict[str, Any]] = [
    {
        "dc:title": f'=Record {number}\u2028, "quoted"',
        "dc:creator": ["Puig, Marta", "Roca, Pau"],
        "dc:date.issued": str(1900 + number),
        "dc:type": "article",
        "dc:rights": "CC BY 4.0",
    }
    for number in range(300)
]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)
FORMS = ["record", *TARGETS, "csv"]


@pytest.fixture
def clean(registry: Registry) -> list[dict[str, Any]]:
    return [registry.normalize_record(record, format="json")["metadata"] for record in RECORDS]


@pytest.mark.parametrize("to", ["datacite", "schema_org", "csl"])
def test_documents_of_json_stand_one_a_line(drets: Drets, registry: Registry, clean: list[dict[str, Any]], to: str) -> None:
    lines = drets("normalize", "--to", to, given=LINES).stdout.split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [registry.cross(record, to=to).document for record in clean]


def test_clean_records_stand_alone(drets: Drets, clean: list[dict[str, Any]]) -> None:
    assert [json.loads(line) for line in drets("normalize", "--to", "record", given=LINES).stdout.split("\n")[:-1]] == clean


@pytest.mark.parametrize("to", ["oai_dc", "openaire"])
def test_documents_of_xml_stand_in_one_element(drets: Drets, clean: list[dict[str, Any]], to: str) -> None:
    root = etree.fromstring(drets("normalize", "--to", to, given=LINES).stdout.encode())
    assert [document.xpath("string(.//*[local-name()='title'])") for document in root] == [record["title"] for record in clean]
    assert len(etree.fromstring(drets("normalize", "--to", to, given="").stdout.encode())) == 0


def test_csv_has_a_head_and_a_row_a_record(drets: Drets, clean: list[dict[str, Any]]) -> None:
    run = drets(
        "normalize",
        "--to",
        "csv",
        "--columns",
        "title,creators.name,rights.license.uri,rights.license.permissions.derivatives",
        given=LINES,
    )
    head, *rows = csv.reader(io.StringIO(run.stdout, newline=""))
    assert head == ["title", "creators.name", "rights.license.uri", "rights.license.permissions.derivatives"]
    assert len(rows) == len(RECORDS)
    assert rows[3] == [
        f"'{clean[3]['title']}",
        f"Puig, Marta{BETWEEN}Roca, Pau",
        "https://creativecommons.org/licenses/by/4.0/",
        "true",
    ]


def test_parquet_has_typed_columns(drets: Drets, tmp_path: Path, clean: list[dict[str, Any]]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow (drets[parquet])")
    arguments = ("--to", "parquet", "--columns", "title,creators.name,rights.license.permissions.derivatives,extent.pages")
    assert drets("normalize", *arguments, "-o", tmp_path / "out.parquet", given=LINES).exit_code == Exit.DONE
    table = parquet.read_table(tmp_path / "out.parquet")
    assert [str(field.type) for field in table.schema] == ["string", "list<element: string>", "bool", "int64"]
    assert table.column("title").to_pylist() == [record["title"] for record in clean]
    assert table.column("creators.name").to_pylist()[0] == ["Puig, Marta", "Roca, Pau"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_what_is_left_unsaid_is_told_record_by_record_and_in_the_report(drets: Drets, tmp_path: Path) -> None:
    run = drets("normalize", "--to", "datacite", "--unsaid", tmp_path / "unsaid", "--report", tmp_path / "report", given=LINES)
    assert run.exit_code == Exit.DONE
    told = [json.loads(line) for line in (tmp_path / "unsaid").read_text().splitlines()]
    assert [line["line"] for line in told] == list(range(1, len(RECORDS) + 1))
    assert told[0]["unsaid"] == [{"pointer": "/resource_types/0/uri", "reason": "coarser"}]
    assert [lack["element"] for lack in told[0]["lacks"]] == ["publisher"]
    report = json.loads((tmp_path / "report").read_text())
    assert report["unsaid"] == [{"pointer": "/resource_types/*/uri", "reason": "coarser", "count": len(RECORDS)}]
    assert report["lacks"] == {"publisher": len(RECORDS)}


@pytest.mark.parametrize("to", FORMS)
def test_a_run_that_is_resumed_writes_what_one_in_one_go_writes(
    drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    (tmp_path / "in").write_text(LINES)
    aside = ("--unsaid", tmp_path / "unsaid") if to != "record" else ()
    arguments = ("normalize", tmp_path / "in", "--to", to, *aside)
    drets(*arguments, "-o", tmp_path / "whole")
    kept = (tmp_path / "unsaid").read_bytes() if aside else b""
    monkeypatch.setattr(journal, "EVERY", 0.0)
    with monkeypatch.context() as context:
        context.setattr(run, "_answers", _stopped(run._answers))  # noqa: SLF001 - the seam at which a stop can be placed
        assert drets(*arguments, "-o", tmp_path / "out").exit_code == Exit.INTERRUPTED
    assert not (tmp_path / "out").exists()
    assert drets(*arguments, "-o", tmp_path / "out", "--resume").exit_code == Exit.DONE
    assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()
    assert not aside or (tmp_path / "unsaid").read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", "out", "whole", *(["unsaid"] if aside else [])])


def _stopped(answers: Callable[..., Any]) -> Callable[..., Any]:
    def first(*arguments: Any, **options: Any) -> Any:
        yield next(answers(*arguments, **options))
        raise KeyboardInterrupt

    return first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "parquet"), "needs an --output"),
        (("--to", "parquet", "-o", "out", "--resume", "in"), "half a file is none"),
        (("--to", "datacite", "--columns", "title"), "--columns is for csv and parquet"),
        (("--to", "csv", "--columns", "titel"), "no column is called 'titel'"),
        (("--to", "csv", "--pretty"), "--pretty is for"),
        (("--unsaid", "u"), "says everything"),
        (("--to", "csv", "-o", "same", "--unsaid", "same"), "must be different files"),
    ],
)
def test_what_a_form_cannot_do_is_refused(
    drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").write_text(LINES)
    refused = drets("normalize", *arguments, given=LINES)
    assert refused.exit_code == Exit.USAGE
    assert said in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_run_in_another_form_does_not_go_on(drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").write_text(LINES)
    monkeypatch.setattr(journal, "EVERY", 0.0)
    with monkeypatch.context() as context:
        context.setattr(run, "_answers", _stopped(run._answers))  # noqa: SLF001 - the same
        drets("normalize", tmp_path / "in", "--to", "csv", "-o", tmp_path / "out")
    refused = drets("normalize", tmp_path / "in", "--to", "datacite", "-o", tmp_path / "out", "--resume")
    assert refused.exit_code == Exit.FAILED
    assert "form changed" in refused.stderr


def test_the_schemas_are_printed(drets: Drets) -> None:
    answer, record = json.loads(drets("schema").stdout), json.loads(drets("schema", "record").stdout)
    assert answer["title"] == "drets answer"
    assert record["$defs"]["CleanRecord"] == answer["$defs"]["CleanRecord"]
    assert "rights.license.uri" in drets("schema", "--columns").stdout.splitlines()
