"""Every case of ``tests/cases/license/prose``: statements of rights whose terms stand in sentences, a test a language.

There are thousands: as a test each they would take longer to tell of than to read. All faults of a language are told at once.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pytest

from normalizers import Registry
from tests.case_files import CaseEntry, read_cases
from tests.normalizers.rights.license_cases import check

MEASURED = 5
"""One language in so many is measured for coverage, which takes several times as long and finds no more lines in the rest."""
AGAIN = 8
"""One case in so many is read a second time: that readings repeat is a law of its own (``tests/laws``)."""

ENTRIES = [entry for entry in read_cases("license") if "prose" in entry.file]
LANGUAGES = [
    pytest.param(list(entries), id=file, marks=[pytest.mark.no_cover] if place % MEASURED else [])
    for place, (file, entries) in enumerate(groupby(ENTRIES, key=attrgetter("file")))
]


@pytest.mark.parametrize("entries", LANGUAGES)
def test_cases(entries: list[CaseEntry], registry: Registry) -> None:
    faults = [f"{entry.file}-{entry.number}: {fault}" for entry in entries if (fault := fault_of(entry, registry))]

    assert faults == []


def fault_of(entry: CaseEntry, registry: Registry) -> str:
    """Say what is wrong with the reading of a case, or nothing."""
    case = entry.case
    try:
        result = check(registry, case)
        if entry.number % AGAIN == 0:
            assert registry.normalize_uncached("license", case["text"], locale=case.get("locale")) == result
    except AssertionError as fault:
        return f"{str(fault) or 'another candidate, issue, evidence or second answer'} ({case['text']})"
    return ""
