"""Lines of a page: how they are put together, and what those without a label are told to be."""

from __future__ import annotations

import pytest

from normalizers.records import RecordNormalizer
from normalizers.records.shapes import is_person_line


def read(normalizer: RecordNormalizer, page: str) -> list[tuple[str | None, str | None]]:
    return [(field.key, field.value) for field in normalizer.parse(page, "text").fields]


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("Title: Noise\nof fairs\n\nlost", [("title", "Noise\nof fairs"), (None, "lost")]),
        ("Title:\nThe fair: a study", [("title", "The fair: a study")]),
        ("Language: English\nCatalan", [("language", "English"), (None, "Catalan")]),
        ("Language: English\n   Catalan", [("language", "English\nCatalan")]),
        ("Subjects:\nnoise\nfairs\nDate: 2017", [("subject", "noise"), ("subject", "fairs"), ("date", "2017")]),
        ("Authors: Puig, A.\nRius, B.\nRoca", [("creator", "Puig, A."), ("creator", "Rius, B."), (None, "Roca")]),
        ("Collections:\n\nA > B\nC\n\nD", [("collection", "A > B"), ("collection", "C"), (None, "D")]),
        ("PMID:\n\n9 p, 3 MB", [("pmid", ""), ("extent", "9 p, 3 MB")]),
        ("Abstract: First.\nMethods: second.\nTools: third.", [("abstract", "First.\nMethods: second."), (None, "Tools: third.")]),
        ("Rights: one\nSubject: two", [("rights", "one"), ("subject", "two")]),
        ("dc:title: Noise", [("title", "Noise")]),
        ("Títol： Fires", [("title", "Fires")]),
        ("doi:10.5555/x", [("doi", "10.5555/x")]),
        ("DOI 10.5555/x", [("doi", "10.5555/x")]),
        ("https://doi.org/10.5555/x", [("identifier", "https://doi.org/10.5555/x")]),
        ("Title: A\r\nDate: 2017\rYear: 2018", [("title", "A"), ("date", "2017"), ("date", "2018")]),
        ("\ufeffTitle: A", [("title", "A")]),
        ("2018-02-03: record created", [("record_created", "2018-02-03")]),
        ("Record created by hand", [(None, "Record created by hand")]),
        ("", []),
    ],
)
def test_lines_are_put_together(normalizer: RecordNormalizer, page: str, fields: list[tuple[str | None, str | None]]) -> None:
    assert read(normalizer, page) == fields


def test_places_tell_all_the_lines_of_a_value_and_its_heading(normalizer: RecordNormalizer) -> None:
    fields = normalizer.parse("Title: Noise\nof fairs\nCollections:\nA > B", "text").fields

    assert [field.place.as_json() for field in fields] == [{"line": 1, "last_line": 2}, {"line": 4, "heading_line": 3}]


def test_what_has_no_label_says_by_which_rule_it_was_told(normalizer: RecordNormalizer) -> None:
    answer = normalizer.normalize("Noise of fairs\nPuig i Serra, Aurora (UAB); Rius, B.\n\nDate: 2017\n9 p, 3 MB", "text")

    assert [found["source"].get("rule") for found in answer["decisions"]] == [
        "shape:title_line",
        "shape:person_line",
        "shape:person_line",
        "en:fields.date",
        "shape:extent_line",
    ]
    assert [found["pointer"] for found in answer["decisions"] if "unlabelled" in {issue["code"] for issue in found["issues"]}] == [
        "/metadata/title",
        "/metadata/creators/0",
        "/metadata/creators/1",
        "/metadata/extent",
    ]


@pytest.mark.parametrize("above", ["Noise of fairs\nin the mountains", "Repository of Vall Alta\n\nNoise of fairs\nPuig, Aurora"])
def test_where_several_lines_may_be_the_title_none_is_taken(normalizer: RecordNormalizer, above: str) -> None:
    answer = normalizer.normalize(f"{above}\n\nDate: 2017", "text")

    assert answer["metadata"].keys() == {"schema", "dates"}
    assert answer["issues"][0]["code"] == "title_unclear"
    assert [left["text"] for left in answer["unparsed"]] == [line for line in above.split("\n") if line]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Vilardell Tarrés, Miquel", True),
        ("Puig i Serra, A. (Univ. de Dalt (Vall))", True),
        ("Puig, A.; Rius, B. (UAB)", True),
        ("Иванов, Пётр", True),
        ("山田, 太郎", True),
        ("Lupus, a chronic disease", False),
        ("Arthritis research & therapy, Vol. 14", False),
        ("Barcelona, 2012", False),
        ("One, two, three", False),
        ("Puig", False),
        ("", False),
    ],
)
def test_a_person_line_is_told_by_its_shape(line: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_person_line(line) is expected


def test_the_language_of_the_page_breaks_a_tie_and_says_so(normalizer: RecordNormalizer) -> None:
    spanish = normalizer.normalize("Título: Ferias\nIdioma: Español\nResumen: Nada\nFecha de publicación: 03/04/2015", "text")
    mute = normalizer.normalize({"dcterms.issued": "03/04/2015"}, "json")
    (dated,) = [found for found in spanish["decisions"] if found["field"] == "date"]

    assert spanish["metadata"]["dates"] == {"issued": "2015-04-03"}
    assert "locale_hint" in [issue["code"] for issue in dated["issues"]]
    assert "dates" not in mute["metadata"]
    assert [found["status"] for found in mute["unresolved"]] == ["ambiguous"]
