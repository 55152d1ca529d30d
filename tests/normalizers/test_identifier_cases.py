"""Every case of ``tests/cases/identifier``: the answer, its determinism, its address, and that its evidence quotes the text."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Status
from normalizers.schemes.recognition import strip_wrapping
from tests.case_files import read_cases


def cases() -> list[Any]:
    return [pytest.param(entry.case, id=f"{entry.file}-{entry.number}-{entry.case['text']}") for entry in read_cases("identifier")]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached("identifier", case["text"])

    expected = case["reads"] if isinstance(case["reads"], list) else [case["reads"]]
    assert (list(result.identifiers) if result.status is Status.MATCHED else [result.status.value]) == expected
    assert [issue for issue in case.get("issues", ()) if issue not in {found.code for found in result.issues}] == []
    if "candidates" in case:
        assert [candidate.identifier for candidate in result.candidates] == case["candidates"]
    assert result.details.get("uri") == case.get("uri", result.details.get("uri"))
    assert result.method == case.get("method", result.method)
    assert registry.normalize_uncached("identifier", case["text"]) == result
    assert all(result.text[item.start : item.end] == item.text != "" for item in result.evidence)


@pytest.mark.parametrize("case", cases())
def test_an_answer_read_again_is_itself(case: dict[str, Any], registry: Registry) -> None:
    for identifier in registry.normalize("identifier", case["text"]).identifiers:
        assert registry.normalize("identifier", identifier).identifiers == (identifier,)


def test_a_text_too_long_to_be_a_list_of_identifiers_is_not_searched(registry: Registry) -> None:
    listed = "10.1234/abc; " * 1_500
    assert registry.normalize_uncached("identifier", listed).identifiers == ("doi:10.1234/abc",)
    result = registry.normalize_uncached("identifier", listed + listed)
    assert (result.status, [issue.code for issue in result.issues]) == (Status.UNMATCHED, ["too_long"])


@pytest.mark.parametrize(
    ("around", "bare"),
    [
        ("(10.1234/abc)", "10.1234/abc"),
        ("((10.1234/a(b)c)).", "10.1234/a(b)c"),
        ("10.1234/abc).).)", "10.1234/abc"),
        ("[<10.1234/a>]", "10.1234/a"),
        ('"10.1234/abc;" ,', "10.1234/abc"),
        (") ) )", ""),
    ],
)
def test_what_stands_around_an_identifier_is_taken_off(around: str, bare: str) -> None:
    assert strip_wrapping(around) == bare
