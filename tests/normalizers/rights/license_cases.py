"""What every case of ``tests/cases/license`` is held to: the answer, the nearest licence, its issues, and evidence that quotes the text."""

from __future__ import annotations

from typing import Any

from normalizers import Registry, Result, Status


def check(registry: Registry, case: dict[str, Any]) -> Result:
    """Read the text of a case, compare, and give the answer."""
    result = registry.normalize("license", case["text"], locale=case.get("locale"))
    assert answer(result) == listed(case["reads"]), f"{answer(result)} is read, not {listed(case['reads'])}"
    if "nearest" in case:
        assert [candidate.identifier for candidate in result.candidates] == listed(case["nearest"])
    assert [issue for issue in case.get("issues", ()) if issue not in {found.code for found in result.issues}] == []
    read = result.read_as or result.text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
    return result


def answer(result: Result) -> list[str]:
    """Give the identifiers of an answer, or its status where it is not matched."""
    return list(result.identifiers) if result.status is Status.MATCHED else [result.status.value]


def listed(value: Any) -> list[str]:
    """Give what a case states as a list, whether it states one or several."""
    return value if isinstance(value, list) else [value]
