"""Counts of citations, and the lines that hold them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from normalizers.localedata import Locale
from normalizers.records.counts import CountReader


@pytest.fixture(scope="module")
def counts(locales: Mapping[str, Locale]) -> CountReader:
    return CountReader(locales)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Web of Science: 51 citations, Scopus: 60 citations", [("Web of Science", 51), ("Scopus", 60)]),
        ("Web of Science: 51 citations, Google Scholar: citations,", [("Web of Science", 51), ("Google Scholar", None)]),
        ("WoS: 1,234 cites; Scopus: 0 citas", [("Web of Science", 1234), ("Scopus", 0)]),
        ("Scopus: ६० citations", [("Scopus", 60)]),
        ("51 citations (Scopus)", [("Scopus", 51)]),
    ],
)
def test_a_line_of_counts_is_read(counts: CountReader, text: str, expected: list[tuple[str, int | None]]) -> None:
    read = counts.read_line(text)

    assert [(count.index, count.number) for count in read] == expected
    assert all(text[count.start : count.end].strip() == text[count.start : count.end] != "" for count in read)


@pytest.mark.parametrize(
    "text", ["A study of 51 citations", "Scopus and its 60 journals: a critical survey", "Google Scholar: citations", "2012", ""]
)
def test_other_lines_are_no_counts(counts: CountReader, text: str) -> None:
    assert counts.read_line(text) == ()


@pytest.mark.parametrize(("text", "expected"), [("51", [("", 51)]), ("Altmetric: 12 citations", [("Altmetric", 12)]), ("many", [])])
def test_a_value_that_is_known_to_be_a_count_needs_no_index(counts: CountReader, text: str, expected: list[tuple[str, int | None]]) -> None:
    assert [(count.index, count.number) for count in counts.read(text)] == expected
