"""What is no record is refused with the place where it breaks; what is odd in a record is reported and kept."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import RecordSyntaxError
from normalizers.records import RecordNormalizer


def nested(levels: int) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for _ in range(levels):
        record = {"a": record}
    return record


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("[1, 2]", "not a list"),
        ("3", "not a number"),
        ('"text"', "not a string"),
        ("null", "not null"),
        ("true", "not true or false"),
        ("", "not valid JSON"),
        ('{"a": ', "line 1, column 7"),
        ('{"a": 1} {"b": 2}', "Extra data"),
        (b"\xff\xfe{", "UTF"),
        ("[" * 100_000, "nested deeper"),
        (f'{{"a": {"9" * 5000}}}', "not valid JSON"),
        ([], "not a list"),
    ],
)
def test_what_is_no_object_is_refused(normalizer: RecordNormalizer, source: Any, detail: str) -> None:
    with pytest.raises(RecordSyntaxError, match=detail):
        normalizer.normalize(source, "json")


def test_what_is_nested_too_deep_is_refused_with_its_place(normalizer: RecordNormalizer) -> None:
    normalizer.normalize(nested(60), "json")
    with pytest.raises(RecordSyntaxError, match="64 levels") as refused:
        normalizer.normalize(nested(70), "json")
    assert refused.value.pointer == "/a" * 64


def test_an_unknown_format_is_refused_with_the_known_ones(normalizer: RecordNormalizer) -> None:
    with pytest.raises(RecordSyntaxError, match="text, json"):
        normalizer.normalize("x", "pigeon post")


def test_a_page_is_text(normalizer: RecordNormalizer) -> None:
    with pytest.raises(RecordSyntaxError, match="as text"):
        normalizer.normalize({"title": "x"}, "text")


def test_nulls_and_empty_values_are_listed(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize({"title": "Noise", "language": None, "rights": " ", "subject": [], "invented": None}, "json")

    assert {left["source"]["pointer"]: left["reason"] for left in answer["unparsed"]} == {
        "/language": "null",
        "/rights": "empty",
        "/subject": "empty",
        "/invented": "null",
    }


def test_a_repeated_key_keeps_all_its_values(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize('{"title": "First", "title": "Second"}', "json")

    assert (answer["metadata"]["title"], answer["metadata"]["other_titles"]) == ("First", [{"text": "Second"}])
    assert [(issue["code"], issue["source"]["pointer"]) for issue in answer["issues"]] == [("repeated_key", "/title")]


def test_halves_of_characters_are_mended_and_reported(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize('{"title": "Noise \\ud83d\\ude00 \\ud800", "k\\udfff": "v"}', "json")

    assert answer["metadata"]["title"] == "Noise 😀 \ufffd"
    assert "repaired" in [issue["code"] for issue in answer["issues"]]


def test_control_characters_and_damage_are_mended_and_the_original_is_kept(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize({"title": "NoÃ«l &amp; \x07fairs"}, "json")
    (decision,) = answer["decisions"]

    assert answer["metadata"]["title"] == "Noël & fairs"
    assert (decision["text"], decision["read_as"]) == ("NoÃ«l &amp; \x07fairs", "Noël & fairs")
    assert [issue["code"] for issue in decision["issues"]] == ["repaired", "control_characters"]


def test_a_long_line_is_read_in_time(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize("Title: " + "a: " * 30_000, "text")

    assert len(answer["metadata"]["title"]) > 80_000
