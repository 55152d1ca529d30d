"""Crosswalks: what a record becomes, what it leaves unsaid, and that nothing is dropped without a word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import jsonschema
import pytest
from lxml import etree
from marshmallow import Schema, fields, validate

from normalizers import Registry
from normalizers.records.clean_schema import CleanRecord
from normalizers.records.crosswalks import DEFAULT, TARGETS, Crossing, list_columns, tabulate
from tests.case_files import read_cases
from tests.normalizers.records.target_schemas import csl_faults, openaire_faults

FAULTS = {"openaire": openaire_faults, "csl": csl_faults}
CASES = [entry.parameter(entry.case, name=entry.case["name"]) for entry in read_cases("crosswalks")]


def cross(registry: Registry, record: dict[str, Any], to: str) -> Crossing:
    return registry.cross({"schema": "drets-record-1", **record}, to=to)


@pytest.mark.parametrize("case", CASES)
def test_a_record_becomes_what_the_target_says(registry: Registry, case: dict[str, Any]) -> None:
    found = cross(registry, case["record"], case["to"])
    if "xml" in case:
        written = TARGETS[case["to"]].dump(found.document)
        assert etree.canonicalize(written.decode(), strip_text=True) == etree.canonicalize(case["xml"], strip_text=True)
    else:
        assert json.loads(TARGETS[case["to"]].dump(found.document)) == case["document"]
    assert {unsaid.pointer: unsaid.reason.value for unsaid in found.unsaid} == case.get("unsaid", {})
    assert [lack.element for lack in found.lacks] == case.get("lacks", [])


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["to"] == "datacite"])
def test_datacite_keeps_the_official_schema_but_for_what_it_lacks(registry: Registry, case: dict[str, Any]) -> None:
    found = cross(registry, case["record"], "datacite")
    assert sorted(datacite_faults(found.document)) == sorted(f"{lack.element!r} is a required property" for lack in found.lacks)


def datacite_faults(document: dict[str, Any]) -> list[str]:
    schema = json.loads(resources.files("datacite").joinpath("schemas", "datacite-v4.5.json").read_text(encoding="utf-8"))
    return [fault.message for fault in jsonschema.Draft201909Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["to"] in FAULTS])
def test_the_others_keep_what_their_schemas_say(registry: Registry, case: dict[str, Any]) -> None:
    found = cross(registry, case["record"], case["to"])
    assert list(FAULTS[case["to"]](found.document)) == []


@pytest.mark.parametrize("target", FAULTS)
def test_every_type_of_document_is_one_that_the_target_knows(registry: Registry, target: str) -> None:
    for concept in registry.vocabularies["coar-resource-types"].concepts.values():
        type_ = {"uri": concept.identifier, "label": concept.key, "broader": []}
        assert list(FAULTS[target](cross(registry, {"title": "A", "resource_types": [type_]}, target).document)) == []


CHOSEN = {
    "uri": "http://purl.org/coar/resource_type/c_46ec",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "language": "ca",
    "title_language": "ca",
    "scheme": "doi",
}
TRANSLATED = frozenset(
    "kind role pages scheme broader permissions spdx version jurisdiction value unit family given label".split()  # noqa: SIM905 - short
)
"""Members that a target says in its own terms, or that follow from one beside them."""


def full_record(schema: Schema, prefix: str = "") -> dict[str, Any]:
    """Fill every member that the schema has, each text with one that stands nowhere else."""
    return {name: _filled(field, f"{prefix}{name}") for name, field in schema.fields.items()}


def _filled(field: Any, path: str) -> Any:
    name = path.rsplit(".", 1)[-1]
    if isinstance(field, fields.Nested):
        return full_record(field.schema, f"{path}.")
    if isinstance(field, fields.List):
        return [_filled(field.inner, path)]
    if isinstance(field, (fields.Integer, fields.Float, fields.Boolean)):
        return 17 if not isinstance(field, fields.Boolean) else True
    choices = [next(iter(validator.choices)) for validator in field.validators if isinstance(validator, validate.OneOf)]
    return choices[0] if choices else _text(path, name)


def _text(path: str, name: str) -> str:
    if path.startswith(("dates.", "record.")) or path.endswith(("embargo_end", "published_in.date")):
        return f"20{sum(map(ord, path)) % 90 + 10}-01"
    return CHOSEN.get(name, f"«{path}»")


@pytest.mark.parametrize("target", TARGETS)
def test_every_text_of_a_record_is_said_or_listed(registry: Registry, target: str) -> None:
    record = full_record(CleanRecord())
    found = cross(registry, record, target)
    document = TARGETS[target].dump(found.document).decode()
    listed = {unsaid.pointer for unsaid in found.unsaid}
    for pointer, text in leaves(record):
        is_listed = any(pointer == place or pointer.startswith(f"{place}/") for place in listed)
        if is_listed or "«" not in text or TRANSLATED & set(pointer.split("/")):
            continue
        # A person whose halves are said needs no name beside them.
        assert text in document or text.replace("name", "family") in document, pointer
    assert listed <= {pointer[: len(place)] for pointer, _ in leaves(record) for place in listed}
    assert found.lacks == ()


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from leaves(member, f"{pointer}/{index}")
    elif pointer != "/schema":
        yield pointer, str(value)


def test_a_full_record_is_valid_datacite(registry: Registry) -> None:
    assert datacite_faults(cross(registry, full_record(CleanRecord()), "datacite").document) == []


def test_the_licence_in_csl_is_read_back(registry: Registry) -> None:
    license_ = {"family": "CC-BY", "uri": "https://creativecommons.org/licenses/by/4.0/"}
    item = cross(registry, {"title": "A", "rights": {"license": license_}}, "csl").document
    assert registry.normalize_record(item, format="csl_json")["metadata"]["rights"]["license"]["uri"] == license_["uri"]


def test_a_full_record_is_valid_csl(registry: Registry) -> None:
    assert list(csl_faults(cross(registry, full_record(CleanRecord()), "csl").document)) == []


@pytest.mark.parametrize("target", ["openaire", "oai_dc"])
def test_characters_that_xml_cannot_hold_do_not_stop_a_crosswalk(registry: Registry, target: str) -> None:
    written = TARGETS[target].dump(cross(registry, {"title": "a\x01b\ud7ff\ufffe"}, target).document)
    assert "a\ufffdb\ud7ff\ufffd" in etree.fromstring(written).xpath("string()")


def test_rows_hold_the_chosen_columns_and_list_the_rest() -> None:
    record = {
        "title": "A",
        "creators": [{"name": "B", "kind": "person"}, {"name": "C", "kind": "person", "affiliations": ["x", "y"]}],
        "collections": [["a", "b"], ["c"]],
        "notes": [{"text": "n"}],
    }
    columns = list_columns()
    found = tabulate(record, [columns[name] for name in ("title", "creators.name", "creators.affiliations", "collections", "dates.issued")])
    assert found.document == ["A", ["B", "C"], ["x", "y"], ["a", "b", "c"], None]
    assert [(unsaid.pointer, unsaid.reason.value) for unsaid in found.unsaid] == [
        ("/creators/0/kind", "not_chosen"),
        ("/creators/1/kind", "not_chosen"),
        ("/notes", "not_chosen"),
    ]
    assert set(DEFAULT) <= set(columns)
