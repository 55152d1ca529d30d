"""Every case of ``tests/cases/license``: the answer, its determinism, and that its evidence quotes the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from normalizers import Registry, Result, Status

CASES = Path(__file__).parents[2] / "cases" / "license"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.rglob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or []):
            known_failure = path.stem == "known_failures"
            marks = [pytest.mark.xfail(strict=True, reason=case["reason"])] if known_failure else []
            found.append(pytest.param(case, id=f"{path.relative_to(CASES).with_suffix('')}-{number}", marks=marks))
    return found


def answer(result: Result) -> list[str]:
    return list(result.identifiers) if result.status is Status.MATCHED else [result.status.value]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("license", case["text"], locale=case.get("locale"))

    expected = case["reads"] if isinstance(case["reads"], list) else [case["reads"]]
    assert answer(result) == expected
    assert [issue for issue in case.get("issues", ()) if issue not in {found.code for found in result.issues}] == []
    assert registry.normalize_uncached("license", case["text"], locale=case.get("locale")) == result
    read = result.read_as or result.text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
