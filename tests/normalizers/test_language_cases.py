"""Every case of ``tests/cases/language``: the answer, how it was reached, its determinism, and that its evidence quotes the text."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Status
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}-{entry.case['text']}") for entry in read_cases("language")]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached("language", case["text"], locale=case.get("locale"))
    codes = {issue.code for issue in result.issues}

    expected = case["reads"]
    assert (list(result.identifiers) or result.status.value) == expected
    assert set(case.get("issues", ())) <= codes
    assert codes.isdisjoint(case.get("issues_not", ()))
    candidates = [candidate.identifier for candidate in result.candidates]
    assert case.get("candidates", candidates) == candidates
    assert case.get("method", result.method) == result.method
    assert case.get("found_in", result.locale) == result.locale
    if "parts" in case:
        assert [part["text"] for part in result.details["parts"]] == case["parts"]


@pytest.mark.parametrize("case", CASES)
def test_evidence_quotes_the_text_and_the_same_question_gets_the_same_answer(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached("language", case["text"], locale=case.get("locale"))

    read = result.read_as or result.text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
    assert all(read[part["start"] : part["end"]] == part["text"] for part in result.details.get("parts", ()))
    assert registry.normalize_uncached("language", case["text"], locale=case.get("locale")) == result
    if "reason" in case:
        assert result.status is not Status.MATCHED
        pytest.xfail(case["reason"])
