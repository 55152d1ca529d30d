"""The record that the project was founded on: it stands beside the checkout, not in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from normalizers.records import RecordNormalizer


@pytest.fixture(scope="module")
def founding(shared: Path) -> str:
    path = next((shared / "seeds").glob("000_*.txt"), None)
    if path is None:
        pytest.skip("the founding record is not beside this checkout")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answer(normalizer: RecordNormalizer, founding: str) -> dict[str, Any]:
    return normalizer.normalize(founding, "text")


def decided(answer: dict[str, Any], field: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [decision for decision in answer["decisions"] if decision["field"] == field]
    assert len(found) == 1
    return found[0]


def test_title_creators_and_date(answer: dict[str, Any]) -> None:
    metadata = answer["metadata"]

    assert metadata["title"].startswith("Efficacy and safety of lenalidomide")
    families = ["Cortés Hernández", "Ávila", "Vilardell Tarrés", "Ordi Ros"]
    assert [(creator["family"], creator["affiliations"]) for creator in metadata["creators"]] == [
        (family, ["Hospital Universitari Vall d'Hebron"]) for family in families
    ]
    assert [creator["given"] for creator in metadata["creators"]] == ["Josefina", "Gabriela", "Miquel", "José"]
    assert metadata["dates"] == {"issued": "2012"}


def test_both_parts_of_one_abstract(answer: dict[str, Any]) -> None:
    (abstract,) = answer["metadata"]["abstracts"]

    assert abstract["language"] == "en"
    assert [part.partition(":")[0] for part in abstract["parts"]] == ["Introduction", "Results"]


def test_language_type_and_version(answer: dict[str, Any]) -> None:
    metadata = answer["metadata"]
    language, type_, version = (decided(answer, field) for field in ("language", "resource_type", "version"))

    assert metadata["languages"] == ["en"]
    assert (language["method"], language["locale"]) == ("label", "ca")
    assert metadata["resource_types"][0]["uri"].endswith("/c_2df8fbb1")
    assert [concept["label"] for concept in metadata["resource_types"][0]["broader"]][:1] == ["journal article"]
    assert metadata["version"]["uri"].endswith("/c_970fb48d4fbd8a85")
    assert [evidence["text"] for evidence in type_["evidence"]] == ["Article", "recerca"]
    assert [evidence["text"] for evidence in version["evidence"]] == ["Versió publicada"]


def test_rights(answer: dict[str, Any]) -> None:
    rights, license_ = answer["metadata"]["rights"], decided(answer, "license")

    assert (rights["license"]["family"], rights["license"]["uri"], rights["license"]["version"]) == ("CC-BY-NC-ND", None, None)
    assert rights["license"]["permissions"] == {"attribution": True, "commercial_use": False, "derivatives": False, "share_alike": False}
    assert "version_missing" in rights["issues"]
    assert license_["method"] == "clauses"
    assert sorted({evidence["yields"] for evidence in license_["evidence"]} & {"BY", "NC", "ND", "Creative Commons"}) == [
        "BY",
        "Creative Commons",
        "NC",
        "ND",
    ]


def test_where_it_was_published(answer: dict[str, Any]) -> None:
    assert answer["metadata"]["published_in"] == {
        "title": "Arthritis research & therapy",
        "volume": "14",
        "issue": "6",
        "article": "R265",
        "pages": "1-9",
        "date": "2012-12",
        "issn": ["1478-6362"],
    }


def test_identifiers_extent_collections_and_dates_of_the_record(answer: dict[str, Any]) -> None:
    metadata = answer["metadata"]

    assert [identifier["uri"] for identifier in metadata["identifiers"]] == [
        "https://doi.org/10.1186/ar4111",
        "https://pubmed.ncbi.nlm.nih.gov/23217273/",
    ]
    assert metadata["extent"] == {"pages": 9, "size": {"value": 3.2, "unit": "MB"}}
    assert metadata["collections"] == [["Articles", "Research articles"], ["Articles", "Published articles"]]
    assert metadata["record"] == {"created": "2013-10-18", "modified": "2023-01-25"}


def test_a_count_without_a_number_is_open_and_not_zero(answer: dict[str, Any]) -> None:
    counts = {count["index"]: count["count"] for count in answer["metadata"]["citation_counts"]}

    assert counts == {"Web of Science": 51, "Scopus": 60, "Google Scholar": None}
    assert [(found["field"], found["text"]) for found in answer["unresolved"]] == [("citation_count", "Google Scholar: citations")]


def test_every_other_line_is_listed(answer: dict[str, Any], founding: str) -> None:
    assert [left["text"] for left in answer["unparsed"]] == ["Favorit i Compartir"]
    lines = {number for number, line in enumerate(founding.splitlines(), 1) if line.strip()}
    sources = [found["source"] for found in (*answer["decisions"], *answer["unparsed"])]
    assert {source[key] for source in sources for key in ("line", "heading_line") if key in source} == lines


def test_the_same_content_as_an_object_and_the_answer_again_give_the_same(
    normalizer: RecordNormalizer, answer: dict[str, Any], founding: str
) -> None:
    lines = founding.splitlines()
    labelled = dict(line.split(":", 1) for line in lines[12:14])
    record = {
        "citacions": lines[0],
        "dc.title": lines[1],
        "dc.contributor.author": lines[2:6],
        "dcterms.date": lines[7].partition(":")[2],
        "resum": [line.partition(":")[2] for line in lines[8:10]],
        "dc:rights": lines[10].partition(":")[2].strip(),
        "dc.language.iso": lines[11].partition(":")[2].strip(),
        "tipus": labelled["Document"].strip(),
        "publicat a": lines[13].partition(":")[2].strip(),
        "identifier.doi": lines[15].partition(":")[2].strip(),
        "PMID": lines[16].partition(":")[2].strip(),
        "extent": lines[18],
        "collections": lines[21:23],
        "record_created": "2013-10-18",
        "record_modified": "2023-01-25",
    }

    assert normalizer.normalize(record, "json")["metadata"] == answer["metadata"]


def test_the_answer_again_gives_the_same(normalizer: RecordNormalizer, answer: dict[str, Any]) -> None:
    assert json.dumps(normalizer.normalize(answer, "json")["metadata"]) == json.dumps(answer["metadata"])
