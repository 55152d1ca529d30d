"""The published JSON Schema is the shape that the code itself holds, and answers keep it."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest

from normalizers.localedata import load_sections
from normalizers.records import RecordNormalizer
from normalizers.records.answer_schema import build_json_schema
from normalizers.records.clean_schema import CleanRecord
from normalizers.records.sections import SECTIONS
from normalizers.vocabularies import load_vocabularies

PAGE = """Noise of fairs
Puig Ferrer, Aurora (UAB)

Date: 2017
Rights: https://creativecommons.org/licenses/by/4.0/
Published in: Annals of Sound, Vol. 3 (2017), p. 5-14
9 p, 3.2 MB
Colour: grey
"""


def published() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(resources.files("normalizers.records").joinpath("answer.schema.json").read_text(encoding="utf-8"))
    return content


def test_the_published_schema_is_the_one_that_the_code_holds() -> None:
    assert published() == build_json_schema(), "python -m normalizers.records.answer_schema > normalizers/records/answer.schema.json"


@pytest.mark.parametrize(("source", "format_"), [(PAGE, "text"), ({"title": ["a", "b"], "x": None}, "json"), ("", "text"), ({}, "json")])
def test_an_answer_keeps_the_published_schema(normalizer: RecordNormalizer, source: Any, format_: str) -> None:
    validator = jsonschema.Draft202012Validator(published())
    validator.check_schema(published())

    answer = normalizer.normalize(source, format_)
    assert [error.message for error in validator.iter_errors(answer)] == []
    assert list(validator.iter_errors({**answer, "unparsed": [{}]}))


def test_every_field_of_the_locales_has_one_place_in_the_clean_record() -> None:
    without_label = {"record_identifier", "record_status", "coded_type"}  # formats say them by their structure, pages by no word
    taken = [key for section in SECTIONS for key in section.keys]

    assert sorted(set(taken) - without_label) == sorted(load_sections(load_vocabularies())["fields"].keys)
    assert len(taken) == len(set(taken))


def test_members_stand_in_the_order_of_the_schema(normalizer: RecordNormalizer) -> None:
    members = list(normalizer.normalize(PAGE, "text")["metadata"])

    assert members == [name for name in CleanRecord().fields if name in members]
