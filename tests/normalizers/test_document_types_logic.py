"""How texts are taken apart and labels weighed, on invented languages: no word of a real locale decides here."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizers import Status
from normalizers.document_types import ResourceTypeReader, TypeHierarchy
from normalizers.facets import CodeSystem, FacetIndex, load_code_systems
from normalizers.localedata import Entry, LabelKind, load_locales, load_sections
from normalizers.peer_review import PeerReviewReader
from normalizers.reading import Query
from normalizers.vocabularies import load_vocabularies

VOCABULARIES = load_vocabularies()

ONE = """
locale: xa
name: Invented, head last
sources: [made up]
prefixes: [lo]
shared: {resource_types: [mab, tod]}
resource_types:
  journal article: [dap, mab]
  research article: [dap wil, mab]
  report: [rin]
  thesis: [tod]
  letter: [sul]
  newspaper: [tod]
  other: [zut]
  book: [bokkel]
versions:
  version of record: [pubis]
peer_review:
  peer reviewed: [gelesto]
  not peer reviewed: [gelestonu]
genres:
  research: [wil]
degrees:
  doctoral: [dok]
type_words:
  joining: [et]
  ends: ["*rin"]
"""
TWO = """
locale: xb
name: Invented, disagrees
sources: [made up]
resource_types:
  map: [sul]
  thesis: [tod]
  book: {alt: [libu], hidden: [lbu, dap]}
type_words:
  begins: [libu]
"""
ROOT = """
locale: root
name: Codes
sources: [made up]
term_prefixes: {term: [example.org/type/]}
resource_types:
  software: {hidden: [dap, rin]}
  dataset: [sul et]
"""


@pytest.fixture(scope="module")
def facets(tmp_path_factory: pytest.TempPathFactory) -> FacetIndex:
    folder: Path = tmp_path_factory.mktemp("locales")
    for text in (ONE, TWO, ROOT):
        (folder / f"{text.split()[1]}.yaml").write_text(text, encoding="utf-8")
    return FacetIndex(load_locales(load_sections(VOCABULARIES), folder), VOCABULARIES)


@pytest.fixture(scope="module")
def reader(facets: FacetIndex) -> ResourceTypeReader:
    return ResourceTypeReader({}, VOCABULARIES, facets)


def read(reader: ResourceTypeReader, text: str, locale: str | None = None) -> list[str] | Status:
    result = reader.read(Query("resource_type", text, locale))
    return [VOCABULARIES["coar-resource-types"].by_identifier[name].key for name in result.identifiers] or result.status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dap", ["journal article"]),
        ("dap; wil", ["research article"]),
        ("dap / rin", Status.AMBIGUOUS),
        ("dap; rin", ["journal article", "report"]),
        ("zut / rin", ["report"]),
        ("zut rin", Status.AMBIGUOUS),
        ("rin (gelesto)", ["report"]),
        ("rin (unheard)", ["report"]),
        ("rin unheard", Status.UNMATCHED),
        ("unheard / rin / unheard", Status.UNMATCHED),
        ("rin et dap", Status.AMBIGUOUS),
        ("dapWil", ["research article"]),
        ("bok-kel", ["book"]),
        ("dok", ["doctoral thesis"]),
        ("rin dok", ["report"]),
        ("pubis", Status.NONE),
        ("wil unheard", Status.UNMATCHED),
        ("12a. rin", ["report"]),
    ],
)
def test_taking_apart(reader: ResourceTypeReader, text: str, expected: list[str] | Status) -> None:
    assert read(reader, text) == expected


def test_a_concept_that_is_broader_stands_for_all(reader: ResourceTypeReader) -> None:
    result = reader.read(Query("resource_type", "mab"))
    assert read(reader, "mab") == ["journal article"]
    assert [candidate.label for candidate in result.candidates] == ["research article"]
    assert [issue.code for issue in result.issues] == ["ambiguous_label"]


def test_languages_that_disagree_settle_nothing(reader: ResourceTypeReader) -> None:
    assert read(reader, "sul") is Status.AMBIGUOUS
    assert read(reader, "sul", "xa") == ["letter"]
    assert read(reader, "sul", "xb-Latn") == ["map"]


def test_languages_agree_on_one_of_several_meanings(reader: ResourceTypeReader) -> None:
    assert read(reader, "tod") == ["thesis"]
    assert read(reader, "tod", "xa") is Status.AMBIGUOUS


def test_words_go_before_codes_that_look_like_them(reader: ResourceTypeReader) -> None:
    assert read(reader, "dap") == ["journal article"]
    assert read(reader, "lbu") == ["book"]
    assert read(reader, "lbu (unheard)") is Status.UNMATCHED


def test_what_stands_before_a_term_is_taken_off(reader: ResourceTypeReader) -> None:
    assert read(reader, "https://example.org/type/rin") == ["report"]
    assert read(reader, "https://example.com/type/rin") is Status.UNMATCHED


def test_particles_joined_to_a_word_are_left_out_in_their_language(reader: ResourceTypeReader) -> None:
    assert read(reader, "lobokkel") == ["book"]
    assert read(reader, "lolibu") is Status.UNMATCHED


def test_plain_nouns_say_what_longer_names_are_of(reader: ResourceTypeReader) -> None:
    assert read(reader, "unheard wetterrin") == ["report"]
    assert read(reader, "libu unheard") == ["book"]
    assert read(reader, "unheard libu") is Status.UNMATCHED
    assert [issue.code for issue in reader.read(Query("resource_type", "libu unheard")).issues] == ["partly_read"]


def test_negation_by_suffix_is_a_word_of_its_own(facets: FacetIndex) -> None:
    reader = PeerReviewReader({}, VOCABULARIES, facets)
    answers = [reader.read(Query("peer_review", text)).details.get("label") for text in ("gelesto", "gelestonu", "rin, gelestonu")]
    assert answers == ["peer reviewed", "not peer reviewed", "not peer reviewed"]


def test_meeting_is_symmetric() -> None:
    hierarchy = TypeHierarchy(VOCABULARIES["coar-resource-types"])
    keys = list(VOCABULARIES["coar-resource-types"].concepts)
    for first in keys:
        assert hierarchy.meet(first, first, apart=True) == first
        for second in keys:
            assert hierarchy.meet(first, second, apart=True) == hierarchy.meet(second, first, apart=True)


def test_every_name_in_the_tables_is_a_concept() -> None:
    types = VOCABULARIES["coar-resource-types"]
    for concept in types.concepts.values():
        for name, value in concept.properties.items():
            if name.startswith("with ") or name == "nearest":
                assert value in types.concepts, (concept.key, name)
            if name == "nearest":
                assert "deprecated" not in types.concepts[value].properties
            if name == "kinds":
                assert {kind.strip() for kind in value.split(",")} <= types.concepts.keys()


def test_codes_of_systems_name_concepts_and_say_where_they_come_from() -> None:
    concepts = VOCABULARIES["coar-resource-types"].concepts
    for system in load_code_systems():
        assert system.name
        assert system.source
        assert {entry.concept for entry in system.entries.get("resource_types", ())} <= concepts.keys()


def test_a_code_that_two_systems_share_is_ambiguous_unless_the_locale_or_the_name_of_the_system_decides(tmp_path: Path) -> None:
    systems = [
        CodeSystem(name, "here", {"resource_types": tuple(Entry(concept, f"{name}-x-own", label, LabelKind.HIDDEN) for label in labels)})
        for name, concept, labels in (("fi", "book", ["Q7", "fin Q7"]), ("cs", "report", ["Q7", "ces Q7"]))
    ]
    (tmp_path / "root.yaml").write_text("locale: root\nname: Root\nsources: [here]\n", encoding="utf-8")
    index = FacetIndex(load_locales(load_sections(VOCABULARIES), tmp_path), VOCABULARIES, systems)
    reader = ResourceTypeReader({}, VOCABULARIES, index)
    read = [
        reader.read(Query("resource_type", text, locale)) for text, locale in (("Q7", None), ("Q7", "cs"), ("fin Q7", None), ("Q7 x", None))
    ]

    assert [result.status.value for result in read] == ["ambiguous", "matched", "matched", "unmatched"]
    assert [result.details.get("label") for result in read] == [None, "report", "book", None]
    assert {candidate.label for candidate in read[0].candidates} == {"book", "report"}
