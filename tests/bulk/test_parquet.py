"""Parquet in: rows with nested columns, read by row groups, of which a damaged one costs no other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bulk.formats import read_records, recognize
from bulk.json_text import parse_json
from bulk.record_answers import answer_record
from bulk.records import Item, Reject
from normalizers import RecordAnswer, Registry

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

ROWS = [
    {
        "dc.title": "A study",
        "dc.creator": ["Doe, Jane", "Roe, Karl"],
        "dc.date": date(2019, 4, 2),
        "source": {"volume": "3", "price": Decimal("1.50"), "score": float("nan")},
        "raw": b"\xff\x00",
        "tags": [("place", "Vic")],
    },
    {"dc.title": "B study", "dc.creator": None, "dc.date": None, "source": None, "raw": "Würfel".encode(), "tags": None},
]
SCHEMA = pa.schema(
    [
        ("dc.title", pa.string()),
        ("dc.creator", pa.list_(pa.string())),
        ("dc.date", pa.date32()),
        ("source", pa.struct([("volume", pa.string()), ("price", pa.decimal128(5, 2)), ("score", pa.float64())])),
        ("raw", pa.binary()),
        ("tags", pa.map_(pa.string(), pa.string())),
    ]
)


def make(path: Path, times: int = 1, group: int = 2) -> None:
    parquet.write_table(pa.Table.from_pylist(ROWS * times, SCHEMA), path, row_group_size=group, compression="none")


def test_rows_are_records_with_nested_members(registry: Registry, tmp_path: Path) -> None:
    make(tmp_path / "in")
    assert recognize(iter([(tmp_path / "in").read_bytes()]))[0] == "parquet"
    first, second = (record for record, _ in read_records([str(tmp_path / "in")]))
    assert parse_json(first.raw) == {
        "dc.title": "A study",
        "dc.creator": ["Doe, Jane", "Roe, Karl"],
        "dc.date": "2019-04-02",
        "source": {"volume": "3", "price": "1.50", "score": None},
        "raw": "/wA=",
        "tags": {"place": "Vic"},
    }
    assert parse_json(second.raw) == {"dc.title": "B study", "raw": "Würfel"}
    assert isinstance(first, Item)
    answer = answer_record(registry, first)
    assert isinstance(answer, RecordAnswer)
    assert answer.metadata["creators"][1]["family"] == "Roe"
    assert answer.metadata["dates"] == {"issued": "2019-04-02"}


def test_a_damaged_row_group_costs_only_its_own_rows(tmp_path: Path) -> None:
    make(tmp_path / "in", times=3)
    content = bytearray((tmp_path / "in").read_bytes())
    column = parquet.ParquetFile(tmp_path / "in").metadata.row_group(1).column(0)
    start = column.dictionary_page_offset or column.data_page_offset
    content[start : start + 40] = b"\xff" * 40
    (tmp_path / "in").write_bytes(content)
    records = [record for record, _ in read_records([str(tmp_path / "in")])]
    assert [record.place.line for record in records] == [1, 2, 3, 5, 6]
    assert [record.title for record in records if isinstance(record, Reject)] == ["Damaged Parquet"]


def test_a_file_that_is_cut_short_is_told(tmp_path: Path) -> None:
    make(tmp_path / "in")
    (tmp_path / "in").write_bytes((tmp_path / "in").read_bytes()[:-20])
    ((record, _),) = read_records([str(tmp_path / "in")])
    assert isinstance(record, Reject)
    assert record.title == "Damaged Parquet"
