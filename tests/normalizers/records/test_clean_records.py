"""A clean record that comes in again: kept as it is, unless someone put into it what does not hold."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from normalizers import RecordSyntaxError
from normalizers.records import SCHEMA, RecordNormalizer

CLEAN: dict[str, Any] = {
    "schema": SCHEMA,
    "title": "Noise of fairs",
    "dates": {"issued": "2017-03", "other": ["2015"]},
    "languages": ["ca", "en"],
    "resource_types": [{"uri": "http://purl.org/coar/resource_type/c_6501", "label": "journal article", "broader": []}],
    "identifiers": [{"scheme": "doi", "value": "10.5555/fairs", "uri": "https://doi.org/10.5555/fairs"}],
    "citation_counts": [{"index": "Scopus", "count": 0}, {"index": "Google Scholar", "count": None}],
}


def changed(pointer: str, value: Any) -> dict[str, Any]:
    record = copy.deepcopy(CLEAN)
    *steps, last = pointer.split("/")[1:]
    inner: Any = record
    for step in steps:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[int(last) if isinstance(inner, list) else last] = value
    return record


def test_a_clean_record_stays_as_it_is(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize(CLEAN, "json")

    assert answer["metadata"] == CLEAN
    assert answer["unparsed"] == []
    assert [found["source"]["pointer"] for found in answer["unresolved"]] == ["/citation_counts/1/count"]


def test_a_tag_that_is_spelt_like_a_name_stays_a_tag(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize(changed("/languages/0", "asu"), "json")

    assert answer["metadata"]["languages"][0] == "asu"
    assert all(found["field"] != "language" for found in answer["unresolved"])


def test_an_answer_is_taken_for_the_record_in_it(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize({"metadata": CLEAN, "decisions": [], "versions": {}}, "json")

    assert answer["metadata"] == CLEAN
    assert answer["decisions"][0]["source"]["pointer"] == "/metadata/title"


@pytest.mark.parametrize(
    ("pointer", "value", "lost"),
    [
        ("/languages/0", "Anglès", "languages"),
        ("/dates/issued", "2017-13", "dates"),
        ("/identifiers/0/value", "not a DOI", "identifiers"),
        ("/resource_types/0/uri", "http://purl.org/coar/resource_type/c_0000", "resource_types"),
    ],
)
def test_what_is_not_confirmed_is_taken_out_and_reported(normalizer: RecordNormalizer, pointer: str, value: str, lost: str) -> None:
    answer = normalizer.normalize(changed(pointer, value), "json")

    assert value not in str(answer["metadata"].get(lost))
    assert answer["metadata"] != CLEAN
    (found,) = [found for found in answer["unresolved"] if found["source"]["pointer"] == pointer]
    assert found["text"] == value
    assert "not_confirmed" in [issue["code"] for issue in found["issues"]]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/title", ["a", "list"]),
        ("/invented", "by someone"),
        ("/languages", "ca"),
        ("/dates/invented", "2017"),
        ("/citation_counts/0/count", "many"),
        ("/identifiers/0/invented", "member"),
    ],
)
def test_what_breaks_the_shape_is_left_out_and_listed(normalizer: RecordNormalizer, pointer: str, value: Any) -> None:
    answer = normalizer.normalize(changed(pointer, value), "json")

    assert "invented" not in str(answer["metadata"])
    left = [found for found in answer["unparsed"] if found["source"]["pointer"].startswith(pointer)]
    assert left
    assert all(found["reason"].startswith("schema: ") for found in left)


def test_a_clean_record_of_another_version_is_refused(normalizer: RecordNormalizer) -> None:
    with pytest.raises(RecordSyntaxError) as refused:
        normalizer.normalize({"metadata": {"schema": "drets-record-99"}}, "json")
    assert refused.value.pointer == "/metadata/schema"


def test_a_record_with_another_schema_is_read_as_any_other(normalizer: RecordNormalizer) -> None:
    assert normalizer.normalize({"schema": "oai_dc", "dc.title": "Noise"}, "json")["metadata"]["title"] == "Noise"
