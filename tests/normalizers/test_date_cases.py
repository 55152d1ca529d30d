"""Every case of ``tests/cases/date``: the answer, its determinism, its form, and that its evidence quotes the text."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Status
from tests.case_files import read_cases

ENTRIES = list(read_cases("date"))
CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}-{entry.case['text']}") for entry in ENTRIES]
GOOD_CASES = [case for case, entry in zip(CASES, ENTRIES, strict=True) if not entry.is_known_failure]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize_uncached("date", case["text"], locale=case.get("locale"))

    expected = case["reads"] if isinstance(case["reads"], list) else [case["reads"]]
    assert (list(result.identifiers) if result.status is Status.MATCHED else [result.status.value]) == expected
    assert [issue for issue in case.get("issues", ()) if issue not in {found.code for found in result.issues}] == []
    assert {found.code for found in result.issues}.isdisjoint(case.get("issues_not", ()))
    if "candidates" in case:
        assert [candidate.identifier for candidate in result.candidates] == case["candidates"]
    assert registry.normalize_uncached("date", case["text"], locale=case.get("locale")) == result
    assert all(result.text[item.start : item.end] == item.text != "" for item in result.evidence)


@pytest.mark.parametrize("case", GOOD_CASES)
def test_an_answer_is_edtf(case: dict[str, Any], registry: Registry) -> None:
    """The edtf library reads it; it does not know stretches between centuries or long years, so each end is asked for alone."""
    edtf = pytest.importorskip("edtf")
    result = registry.normalize("date", case["text"], locale=case.get("locale"))

    for identifier in result.identifiers:
        for end in identifier.split("/"):
            assert end == ".." or str(edtf.parse_edtf(end)) == end


@pytest.mark.parametrize("case", GOOD_CASES)
def test_an_answer_read_again_is_itself(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("date", case["text"], locale=case.get("locale"))

    for identifier in result.identifiers:
        assert registry.normalize("date", identifier).identifiers == (identifier,)
