"""Every case of ``tests/cases/license`` but prose: names, codes, addresses, statements that are no licence, and known failures."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry
from tests.case_files import read_cases
from tests.normalizers.rights.license_cases import check

CASES = [entry.parameter(entry.case, name=f"{entry.file}-{entry.number}") for entry in read_cases("license") if "prose" not in entry.file]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], registry: Registry) -> None:
    result = check(registry, case)

    assert registry.normalize_uncached("license", case["text"], locale=case.get("locale")) == result
