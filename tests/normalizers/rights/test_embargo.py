"""The end of an embargo, out of prose and out of terms."""

from __future__ import annotations

import pytest

from normalizers import Registry, Status


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Embargo until 2027-01-01", "2027-01-01"),
        ("Embargado hasta el 1 de enero de 2027", "2027-01-01"),
        ("info:eu-repo/date/embargoEnd/2027-01-01", "2027-01-01"),
        ("Sperrfrist bis 31.12.2027", "2027-12-31"),
        ("Accés embargat fins al març de 2028", "2028-03"),
    ],
)
def test_the_end_is_read_and_quoted(registry: Registry, text: str, end: str) -> None:
    result = registry.normalize("embargo", text)

    assert result.identifiers == (end,)
    assert [item.text for item in result.evidence if item.yields == end]


@pytest.mark.parametrize("text", ["Embargoed access", "Published 2012", "12 articles without an embargo"])
def test_no_end_is_no_answer(registry: Registry, text: str) -> None:
    assert registry.normalize("embargo", text).status is Status.UNMATCHED
