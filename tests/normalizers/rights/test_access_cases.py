"""Every case of ``tests/cases/access_right``: who may open the work, as interfaces and records say it."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Status
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}") for entry in read_cases("access_right")]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("access_right", case["text"])

    found = [identifier.split("/")[-1] for identifier in result.identifiers] if result.status is Status.MATCHED else [result.status.value]
    assert found == [case["reads"]]
    assert all(result.text[item.start : item.end] == item.text != "" for item in result.evidence)
