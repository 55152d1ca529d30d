"""Spark on two local workers: the same answers as the command line's, for values and for records."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bulk.exits import Exit
from normalizers import Registry, as_json

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.bulk.conftest import Drets

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java, and there is none"),
    # Of Spark's own code: old types, pandas that is newer than it knows, and sockets that it leaves to the garbage collector.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

RECORDS = [
    {
        "dc:title": f"Record {number}",
        "dc:language": ["cat", "Xyzzy"][number % 2],
        "dc:rights": f"CC BY {number % 5}.0",
        "dc:type": "article",
    }
    for number in range(40)
]
RIGHTS = ["CC BY 4.0", "Reconeixement-NoComercial 3.0 Espanya", None, "CC BY 4.0", "", "xyzzy"]
BROKEN = [b'{"dc:title": }', b'{"dc:title": "caf\xe9"}', b"[1]"]


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Start Spark in this process, once for all tests of it."""
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed (drets[spark])")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").appName("drets tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("distinct", [True, False])
def test_values_are_read_as_everywhere(spark: SparkSession, registry: Registry, *, distinct: bool) -> None:
    from bulk.spark import normalize_values  # noqa: PLC0415 - Spark may not be installed

    rows = spark.createDataFrame(list(enumerate(RIGHTS)), "id int, rights string")
    found = {row.id: row for row in normalize_values(rows, "rights", "license", distinct=distinct).collect()}
    assert len(found) == len(RIGHTS)
    for number, text in enumerate(RIGHTS):
        row = found[number]
        if text is None:
            assert (row.rights, row.status, row.identifiers, row.result) == (None, None, None, None)
            continue
        result = registry.normalize("license", text)
        assert (row.rights, row.status, row.identifiers) == (text, result.status.value, list(result.identifiers))
        assert json.loads(row.result) == as_json(result)


def test_records_come_out_as_from_the_command_line(spark: SparkSession, drets: Drets, tmp_path: Path) -> None:
    from bulk.spark import normalize_records  # noqa: PLC0415 - the same

    lines = [json.dumps(record).encode() for record in RECORDS]
    (tmp_path / "in").write_bytes(b"\n".join([*lines, *BROKEN]) + b"\n")
    for to in ("ndjson", "datacite"):
        run = drets("normalize", tmp_path / "in", "--to", to, "--rejects", tmp_path / "rejects")
        rows = spark.createDataFrame([(line,) for line in [*lines, *BROKEN]] + [(None,)], "raw binary")
        answered = normalize_records(rows.repartition(2), "raw", to=to).collect()
        assert len(answered) == len(lines) + len(BROKEN) + 1
        assert sorted(row.answer for row in answered if row.answer) == sorted(run.stdout.splitlines())
        kept = [json.loads(line) for line in (tmp_path / "rejects").read_bytes().splitlines()]
        reasons = [json.loads(row.reject) for row in answered if row.reject]
        assert sorted(map(reason, reasons)) == sorted(map(reason, kept))


def reason(reject: dict[str, Any]) -> tuple[str, str, str]:
    return reject["title"], reject["detail"], reject["record"]


def test_a_column_that_an_answer_would_bring_is_not_written_over(spark: SparkSession) -> None:
    from bulk.spark import normalize_records, normalize_values  # noqa: PLC0415 - the same

    rows = spark.createDataFrame([("a", "b")], "Answer string, status string")
    with pytest.raises(ValueError, match="answer"):
        normalize_records(rows, "Answer")
    with pytest.raises(ValueError, match="status"):
        normalize_values(rows, "Answer", "license")


def test_the_command_reads_and_writes_text_and_rows(spark: SparkSession, drets: Drets, tmp_path: Path) -> None:
    lines = [json.dumps(record).encode() for record in RECORDS]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.ndjson").write_bytes(b"\n \n".join([*lines, BROKEN[0]]) + b"\r\n")
    (tmp_path / "whole").write_bytes(b"\n".join(lines) + b"\n")
    spark.read.text(str(tmp_path / "whole")).toDF("record").write.parquet(str(tmp_path / "rows"))
    expected = sorted(drets("normalize", tmp_path / "whole").stdout.splitlines())

    written = drets("spark", tmp_path / "in", tmp_path / "text", "--master", "local[2]", "--rejects", tmp_path / "rejects")
    assert (written.exit_code, written.stderr.splitlines()[-1]) == (Exit.FAULTY, "drets: 40 normalized, 1 rejected")
    assert sorted(read_lines(tmp_path / "text")) == expected
    assert [json.loads(line)["title"] for line in read_lines(tmp_path / "rejects")] == ["Malformed record"]

    arguments = ("--from", "parquet", "--column", "record", "--write", "parquet", "--conf", "spark.ui.enabled=false")
    assert drets("spark", tmp_path / "rows", tmp_path / "out", "--master", "local[2]", *arguments).exit_code == Exit.DONE
    table = pytest.importorskip("pyarrow.parquet").read_table(tmp_path / "out")
    assert table.column_names == ["record", "answer", "reject"]
    assert sorted(table.column("answer").to_pylist()) == expected

    refused = drets("spark", tmp_path / "rows", tmp_path / "out", "--master", "local[2]", *arguments)
    assert refused.exit_code == Exit.FAILED
    assert "already exists" in refused.stderr


def read_lines(folder: Path) -> list[str]:
    return [line for part in sorted(folder.glob("part-*")) for line in part.read_text().splitlines()]


@pytest.mark.parametrize("arguments", [("--column", "x"), ("--from", "parquet"), ("--conf", "x"), ("--to", "csv")])
def test_what_cannot_be_is_refused_before_anything_starts(drets: Drets, arguments: tuple[str, ...]) -> None:
    assert drets("spark", "in", "out", *arguments).exit_code == Exit.USAGE
