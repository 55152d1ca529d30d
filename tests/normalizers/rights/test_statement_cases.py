"""Every case of ``tests/cases/rights_statement``: what a text says of copyright amounts to that statement and no other."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry, Status
from tests.case_files import read_cases

CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}") for entry in read_cases("rights_statement")]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = registry.normalize("rights_statement", case["text"])

    found = [identifier.split("/")[-3] for identifier in result.identifiers] if result.status is Status.MATCHED else [result.status.value]
    assert found == [case["reads"]]
    assert registry.normalize("license", case["text"]).status in {Status.NONE, Status.AMBIGUOUS}
