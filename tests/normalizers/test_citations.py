"""Citations: each part by the word that announces it, in any language of the locales, or by its place among numbers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.citations import Citation, CitationReader
from normalizers.dates import DateReader
from normalizers.localedata import Locale

PARTS = ("title", "volume", "issue", "article", "pages", "date", "issn", "isbn", "doi", "leftover")


@pytest.fixture(scope="session")
def reader(locales: Mapping[str, Locale]) -> CitationReader:
    return CitationReader(locales, DateReader(locales))


def parts(citation: Citation) -> dict[str, Any]:
    return {name: value for name in PARTS if (value := getattr(citation, name))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Journal of Snow & Ice, Vol. 4, Issue 2 , art. Q77 (March 2011) , p. 5-19, ISSN 2049-3630",
            {
                "title": "Journal of Snow & Ice",
                "volume": "4",
                "issue": "2",
                "article": "Q77",
                "pages": "5-19",
                "date": "2011-03",
                "issn": "2049-3630",
            },
        ),
        (
            "Revista de neu, Vol. 2, núm. 3 (març 2011), p. 5-19",
            {"title": "Revista de neu", "volume": "2", "issue": "3", "pages": "5-19", "date": "2011-03"},
        ),
        (
            "Revista de nieve, vol. 2, n.º 3, págs. 5-19, 2011",
            {"title": "Revista de nieve", "volume": "2", "issue": "3", "pages": "5-19", "date": "2011"},
        ),
        (
            "Revue des neiges, n° 4, tome 2, 2011, p. 5–19",
            {"title": "Revue des neiges", "volume": "2", "issue": "4", "pages": "5-19", "date": "2011"},
        ),
        (
            "Revista da Neve, v. 2, n. 3, p. 5-19, mar. 2011",
            {"title": "Revista da Neve", "volume": "2", "issue": "3", "pages": "5-19", "date": "2011-03"},
        ),
        ("Snow 2011;2(3):5-19", {"title": "Snow", "volume": "2", "issue": "3", "pages": "5-19", "date": "2011"}),
        ("Snow 2, 5-19 (2011)", {"title": "Snow", "volume": "2", "pages": "5-19", "date": "2011"}),
        ("Snow, 2 (2011), pp. iii-ix", {"title": "Snow", "volume": "2", "pages": "iii-ix", "date": "2011"}),
        ("Snow 2(3): e51 (2011)", {"title": "Snow", "volume": "2", "issue": "3", "article": "e51", "date": "2011"}),
        ("Snow, Vol. XIV (Spring 2011)", {"title": "Snow", "volume": "XIV", "date": "2011-21"}),
        ("In: Handbook of Snow, ISBN 978-0-19-852663-6", {"title": "Handbook of Snow", "isbn": "978-0-19-852663-6"}),
        ("In Vitro Snow, vol. 2", {"title": "In Vitro Snow", "volume": "2"}),
        ("J. Snow Ice Res., 2, doi:10.5072/snow.1", {"title": "J. Snow Ice Res., 2", "doi": "10.5072/snow.1"}),
        ("Snow, 26 (Supl 1), 2011", {"title": "Snow", "volume": "26", "issue": "1", "date": "2011"}),
        ("Snow", {"title": "Snow"}),
        ("Snow, vol. 2, in preparation", {"title": "Snow", "volume": "2", "leftover": "in preparation"}),
    ],
)
def test_parts_of_a_citation(reader: CitationReader, text: str, expected: dict[str, str]) -> None:
    citation = reader.read(text)

    assert parts(citation) == expected
    assert all(text[item.start : item.end] == item.text for item in citation.evidence)
    assert {item.rule.rpartition(".")[2].rpartition(":")[2]: item.yields for item in citation.evidence} == {
        name: value for name, value in expected.items() if name != "leftover"
    }


def test_a_broken_issn_is_reported_and_left_out(reader: CitationReader) -> None:
    citation = reader.read("Snow, vol. 2, ISSN 2049-3631")

    assert parts(citation) == {"title": "Snow", "volume": "2"}
    assert [issue.code for issue in citation.issues] == ["invalid_identifier"]


def test_a_title_as_long_as_a_whole_reference_is_doubted(reader: CitationReader) -> None:
    citation = reader.read("Soler C, Puig J. " + "A long study of the snow on many mountains of the north. " * 2 + "Snow 2011;2:5-19")

    assert [issue.code for issue in citation.issues] == ["title_uncertain"]


FRAGMENTS = (
    "Snow", ", ", " ", "Vol.", "núm.", "p.", "art.", "n°", "ISSN ", "2049-3630", "2049-3631", "(", ")", "2011", "March", "5-19", "4", "XIV",
    ":", ";", "doi:10.5072/a", "In: ", "ISBN ", "978-0-19-852663-6", "第", "\x00", "[", "]",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))


@given(text=TEXTS)
def test_any_text_is_read_and_nothing_is_lost(reader: CitationReader, text: str) -> None:
    """Every letter and digit of the text stands in a piece of evidence, in the leftover, or belongs to a word that was used up."""
    citation = reader.read(text)

    assert citation == reader.read(text)
    assert all(text[item.start : item.end] == item.text != "" for item in citation.evidence)
    spans = sorted((item.start, item.end) for item in citation.evidence)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
