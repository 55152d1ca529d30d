"""Every case of ``tests/cases/date``: the answer, its determinism, its form, and that its evidence quotes the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normalizers import Registry, Status

CASES = Path(__file__).parents[1] / "cases" / "date"


def cases(*, failures: bool = False) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        if path.stem == "known_failures" and not failures:
            continue
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            marks = [pytest.mark.xfail(strict=True, reason=case["reason"])] if path.stem == "known_failures" else []
            found.append(pytest.param(case, id=f"{path.stem}-{number}-{case['text']}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases(failures=True))
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


@pytest.mark.parametrize("case", cases())
def test_an_answer_is_edtf(case: dict[str, Any], registry: Registry) -> None:
    """The edtf library reads it; it does not know stretches between centuries or long years, so each end is asked for alone."""
    edtf = pytest.importorskip("edtf")
    result = registry.normalize("date", case["text"], locale=case.get("locale"))

    for identifier in result.identifiers:
        for end in identifier.split("/"):
            assert end == ".." or str(edtf.parse_edtf(end)) == end


@pytest.mark.parametrize("case", cases())
def test_an_answer_read_again_is_itself(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("date", case["text"], locale=case.get("locale"))

    for identifier in result.identifiers:
        assert registry.normalize("date", identifier).identifiers == (identifier,)
