"""Each case of XML and MARC: what it must give, what stays unparsed, and that neither the order nor the prefixes of elements matter."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from lxml import etree

from normalizers.records import RecordNormalizer
from normalizers.records.answer_schema import Answer
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}: {entry.case['name']}") for entry in read_cases("markup")]
FLAT = [
    entry.parameter(entry.case, name=f"{entry.file}: {entry.case['name']}")
    for entry in read_cases("markup")
    if entry.case["schema"] in {"oai_dc", "dim", "datacite", "mods", "oaire"}
    and "&" not in entry.case["source"]
    and "sub>" not in entry.case["source"]
]


def at(document: Any, pointer: str) -> Any:
    for name in pointer.split("/")[1:]:
        document = document[int(name) if isinstance(document, list) else name]
    return document


def stands(document: Any, pointer: str) -> bool:
    try:
        at(document, pointer)
    except (KeyError, IndexError):
        return False
    return True


def answer(normalizer: RecordNormalizer, source: str | bytes, schema: str) -> dict[str, Any]:
    return normalizer.normalize(source, schema)


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_what_it_says(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    found = answer(normalizer, case["source"], case["schema"])
    metadata = found["metadata"]

    expected = {pointer: str(value) if hasattr(value, "isoformat") else value for pointer, value in case["expect"].items()}
    assert {pointer: at(metadata, pointer) if stands(metadata, pointer) else None for pointer in expected} == json.loads(
        json.dumps(expected, default=str)
    )
    assert [pointer for pointer in case.get("absent", ()) if stands(metadata, pointer)] == []
    assert set(case.get("issues", ())) <= {issue["code"] for issue in found["issues"]}
    if "left" in case:
        assert sorted(left["text"] or "" for left in found["unparsed"]) == sorted(text or "" for text in case["left"])


@pytest.mark.parametrize("case", CASES)
def test_a_case_keeps_the_laws(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    found = answer(normalizer, case["source"], case["schema"])

    assert Answer().validate(found) == {}
    assert json.dumps(answer(normalizer, case["source"], case["schema"])) == json.dumps(found)
    assert json.dumps(normalizer.normalize(found["metadata"], "json")["metadata"]) == json.dumps(found["metadata"])
    assert [one["pointer"] for one in found["decisions"] if one["pointer"] and not stands(found, one["pointer"])] == []


@pytest.mark.parametrize("case", CASES)
def test_the_schema_is_recognized_without_its_name(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    neutral = "json" if case["schema"] == "marc_json" else "xml"
    assert answer(normalizer, case["source"], neutral)["metadata"] == answer(normalizer, case["source"], case["schema"])["metadata"]


@pytest.mark.parametrize("case", FLAT)
def test_the_order_of_elements_of_different_names_is_irrelevant(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    root = etree.fromstring(case["source"].encode())
    for element in root.iter():
        # Values of one name keep their order: the first title is the title.
        names = [child.tag for child in element]
        random.Random(7).shuffle(names)  # noqa: S311 - any order will do
        element[:] = sorted(element, key=lambda child: names.index(child.tag))
    assert (
        answer(normalizer, etree.tostring(root), case["schema"])["metadata"]
        == answer(normalizer, case["source"], case["schema"])["metadata"]
    )


@pytest.mark.parametrize("case", FLAT)
def test_prefixes_are_irrelevant(normalizer: RecordNormalizer, case: dict[str, Any]) -> None:
    root = etree.fromstring(case["source"].encode())
    renamed = etree.Element(root.tag, root.attrib, {f"p{index}": uri for index, uri in enumerate(sorted(_namespaces(root)))})
    renamed.text = root.text
    renamed.extend(root)
    etree.cleanup_namespaces(renamed)
    assert answer(normalizer, etree.tostring(renamed), case["schema"]) == answer(normalizer, case["source"], case["schema"])


def _namespaces(root: etree._Element) -> set[str]:
    return {etree.QName(element).namespace for element in root.iter()} - {None}
