"""Each file of a format: recognized, split into records, each read as the case says, and no value of it lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulk.formats import read_records, recognize
from bulk.record_answers import answer_record
from bulk.records import Item, Reject
from normalizers import Registry
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}: {entry.case['name']}") for entry in read_cases("formats")]
STEP = 11


def at(document: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        document = document[int(name) if isinstance(document, list) else name]
    return document


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_what_it_says(registry: Registry, tmp_path: Path, case: dict[str, Any]) -> None:
    path, content = tmp_path / "input", case["content"].encode(case.get("encode", "utf-8"))
    path.write_bytes(content)
    pieces = (content[start : start + STEP] for start in range(0, len(content), STEP))
    assert recognize(pieces, case.get("encoding"))[0] == case["format"]
    records = [record for record, _ in read_records([str(path)], None, case.get("encoding"))]
    answers = [answer_record(registry, record) if isinstance(record, Item) else record for record in records]
    for record, answer, expected in zip(records, answers, case["records"], strict=True):
        if isinstance(answer, Reject):
            assert (answer.title, answer.place.line) == (expected.get("reject"), expected.get("line")), str(answer)
            continue
        metadata = answer.metadata
        assert {pointer: at(metadata, pointer) for pointer in expected["expect"]} == expected["expect"], record
        left = {(entry["source"].get("name", ""), entry["text"]) for entry in answer.as_json()["unparsed"]}
        assert set(expected.get("unparsed", {}).items()) <= left
