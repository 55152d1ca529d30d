"""Every case of ``tests/cases/license``: the answer, the nearest licence, its determinism, and that its evidence quotes the text."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Result, Status
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}") for entry in read_cases("license")]


def answer(result: Result) -> list[str]:
    return list(result.identifiers) if result.status is Status.MATCHED else [result.status.value]


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("license", case["text"], locale=case.get("locale"))

    assert answer(result) == listed(case["reads"])
    if "nearest" in case:
        assert [candidate.identifier for candidate in result.candidates] == listed(case["nearest"])
    assert [issue for issue in case.get("issues", ()) if issue not in {found.code for found in result.issues}] == []
    assert registry.normalize_uncached("license", case["text"], locale=case.get("locale")) == result
    read = result.read_as or result.text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
