"""Extents: pages and sizes, in the words of the locales."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.extents import ExtentReader, Size
from normalizers.localedata import Locale


@pytest.fixture(scope="session")
def reader(locales: Mapping[str, Locale]) -> ExtentReader:
    return ExtentReader(locales)


@pytest.mark.parametrize(
    ("text", "pages", "size", "leftover"),
    [
        ("7 p, 2.5 MB", 7, Size(2.5, "MB"), ""),
        ("7 pàgines", 7, None, ""),
        ("7 págs.", 7, None, ""),
        ("7 pages ; 2,5 Mo", 7, Size(2.5, "MB"), ""),
        ("1.207 páginas", 1207, None, ""),
        ("XII, 207 p. ; 24 cm", 207, None, "XII 24 cm"),
        ("2048 bytes", None, Size(2048, "B"), ""),
        ("2 048 octets", None, Size(2048, "B"), ""),
        ("512KB", None, Size(512, "kB"), ""),
        ("1,024 kB", None, None, "1,024 kB"),
        ("p. 7-12", None, None, "p. 7-12"),
        ("2 videos", None, None, "2 videos"),
    ],
)
def test_an_extent(reader: ExtentReader, text: str, pages: int | None, size: Size | None, leftover: str) -> None:
    extent = reader.read(text)

    assert (extent.pages, extent.size, extent.leftover) == (pages, size, leftover)
    assert all(text[item.start : item.end] == item.text for item in extent.evidence)


@pytest.mark.parametrize(
    ("text", "volumes", "pages"),
    [
        ("2 volumes", 2, None),
        ("2 v. (xii, 300 p.)", 2, 300),
        ("2 Bände", 2, None),
        ("3 toms ; 24 cm", 3, None),
        ("Vol. 2", None, None),
        ("2012 god.", None, None),
    ],
)
def test_volumes_are_counted_where_the_number_stands_before_the_word(
    reader: ExtentReader, text: str, volumes: int | None, pages: int | None
) -> None:
    extent = reader.read(text)
    assert (extent.volumes, extent.pages) == (volumes, pages)


@given(
    text=st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(["7", "p", " ", "MB", ".", ",", "1.024", "páginas", "9" * 30]), max_size=8).map("".join),
    )
)
def test_any_text_is_read_the_same_way_twice(reader: ExtentReader, text: str) -> None:
    assert reader.read(text) == reader.read(text)
