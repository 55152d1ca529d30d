"""Every case of ``tests/cases/license/prose``: statements of rights whose terms stand in sentences, in 55 languages."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import Registry
from tests.case_files import read_cases
from tests.normalizers.rights.license_cases import check

MEASURED = 5
"""One case in so many is measured for coverage, which takes several times as long and finds no more lines in the rest."""
AGAIN = 8
"""One in so many is read a second time: that readings repeat is a law of its own (``tests/laws``)."""

CASES = [
    pytest.param(
        entry.case, place % AGAIN == 0, id=f"{entry.file}-{entry.number}", marks=[pytest.mark.no_cover] if place % MEASURED else []
    )
    for place, entry in enumerate(entry for entry in read_cases("license") if "prose" in entry.file)
]


@pytest.mark.parametrize(("case", "again"), CASES)
def test_case(case: dict[str, Any], again: bool, registry: Registry) -> None:  # noqa: FBT001 - a parameter of the test
    result = check(registry, case)

    if again:
        assert registry.normalize_uncached("license", case["text"], locale=case.get("locale")) == result
