"""Each case file, each case: what it must give, that both its formats give the same, twice the same, and again itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from normalizers.records import RecordNormalizer
from normalizers.records.answer_schema import Answer
from tests.case_files import read_cases

FORMATS = {"page": "text", "object": "json"}


CASES_BY_SOURCE = [
    entry.parameter(entry.case, source, name=f"{entry.file}: {entry.case['name']} ({source})")
    for entry in read_cases("records")
    for source in sorted(FORMATS.keys() & entry.case.keys())
]
IN_BOTH = [pytest.param(case.values[0], id=str(case.id)) for case in CASES_BY_SOURCE if {"page", "object"} <= case.values[0].keys()]


def at(document: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        document = document[int(name) if isinstance(document, list) else name]
    return document


def leads_nowhere(document: Any, pointer: str) -> bool:
    try:
        at(document, pointer)
    except (KeyError, IndexError):
        return True
    return False


@pytest.mark.parametrize(("case", "source"), CASES_BY_SOURCE)
def test_a_case_gives_what_it_says(normalizer: RecordNormalizer, case: dict[str, Any], source: str) -> None:
    answer = normalizer.normalize(case[source], FORMATS[source])
    metadata = answer["metadata"]

    assert {pointer: at(metadata, pointer) for pointer in case.get("expect", {})} == {
        pointer: str(expected) if hasattr(expected, "isoformat") else expected for pointer, expected in case.get("expect", {}).items()
    }
    assert [pointer for pointer in case.get("absent", ()) if not leads_nowhere(metadata, pointer)] == []
    if "unparsed" in case and (source == "page" or "page" not in case):
        assert [left["text"] for left in answer["unparsed"]] == case["unparsed"]
    if "unresolved" in case:
        texts = [open_value["text"] for open_value in answer["unresolved"]]
        assert all(any(text in found for found in texts) for text in case["unresolved"])


@pytest.mark.parametrize(("case", "source"), CASES_BY_SOURCE)
def test_a_case_keeps_the_laws(normalizer: RecordNormalizer, case: dict[str, Any], source: str) -> None:
    answer = normalizer.normalize(case[source], FORMATS[source])

    assert Answer().validate(answer) == {}
    assert json.dumps(normalizer.normalize(case[source], FORMATS[source])) == json.dumps(answer)
    assert json.dumps(normalizer.normalize(answer["metadata"], "json")["metadata"]) == json.dumps(answer["metadata"])
    assert [found["pointer"] for found in answer["decisions"] if found["pointer"] and leads_nowhere(answer, found["pointer"])] == []


@pytest.mark.parametrize("case", IN_BOTH)
def test_a_page_and_an_object_of_the_same_content_give_the_same_metadata(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    assert normalizer.normalize(case["object"], "json")["metadata"] == normalizer.normalize(case["page"], "text")["metadata"]
