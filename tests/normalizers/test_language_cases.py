"""Every case of ``tests/cases/language``: the answer, how it was reached, its determinism, and that its evidence quotes the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normalizers import Registry, Status

CASES = Path(__file__).parents[1] / "cases" / "language"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            marks = [pytest.mark.xfail(strict=True, reason=case["reason"])] if path.stem == "known_failures" else []
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['text']}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
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


@pytest.mark.parametrize("case", cases())
def test_evidence_quotes_the_text_and_the_same_question_gets_the_same_answer(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached("language", case["text"], locale=case.get("locale"))

    read = result.read_as or result.text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
    assert all(read[part["start"] : part["end"]] == part["text"] for part in result.details.get("parts", ()))
    assert registry.normalize_uncached("language", case["text"], locale=case.get("locale")) == result
    if "reason" in case:
        assert result.status is not Status.MATCHED
        pytest.xfail(case["reason"])
