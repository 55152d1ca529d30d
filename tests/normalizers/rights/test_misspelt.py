"""Misspelt words in prose about rights: what is mended, what is left alone, and what an answer says of it."""

from __future__ import annotations

import pytest

from normalizers import Registry, Result, Status
from normalizers.localedata import load_locales, load_sections
from normalizers.reading import Query
from normalizers.rights.prose.mending import Mended
from normalizers.rights.prose.spelling import Spelling, is_inside, is_slip
from normalizers.rights.respelt import settle
from normalizers.vocabularies import load_vocabularies

ALIKE = "Creative Commons licence. You may copy and change it for any purpose if you credit the author and share what you make under the same {}."


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(load_locales(load_sections(load_vocabularies())))


def remarks(result: Result) -> list[str]:
    return [issue.detail for issue in result.issues if issue.code == "repaired"]


@pytest.mark.parametrize("written", ["licnece", "liicence", "lcience", "ilcence"])
def test_a_misspelt_demand_is_read_as_it_was_meant(registry: Registry, written: str) -> None:
    result = registry.normalize("license", ALIKE.format(written))

    assert result.identifiers == ("CC-BY-SA",)
    assert remarks(result) == [f"misspelt words were read as they seem to be meant: {written!r} as 'licence'"]
    assert any(written in item.text and item.yields == "SA" for item in result.evidence)


def test_a_text_that_is_spelt_right_has_no_remark(registry: Registry) -> None:
    assert remarks(registry.normalize("license", ALIKE.format("licence"))) == []


@pytest.mark.parametrize(
    ("written", "meant", "sure", "settled"),
    [
        ("CC BY", "CC BY-NC", True, ["CC-BY-NC"]),
        ("CC BY", "CC BY-NC", False, ["CC-BY", "CC-BY-NC"]),
        ("CC BY-NC", "CC BY", True, ["CC-BY-NC", "CC-BY"]),
        ("CC BY-ND", "CC BY-SA", True, ["CC-BY-ND", "CC-BY-SA"]),
        ("Creative Commons", "CC BY-SA", False, ["CC-BY-SA"]),
        ("All rights reserved", "CC BY", False, []),
        ("All rights reserved", "CC BY", True, ["CC-BY"]),
    ],
)
def test_a_mended_word_overturns_only_what_is_freer(
    registry: Registry, *, written: str, meant: str, sure: bool, settled: list[str]
) -> None:
    query = Query("license", "licnece")

    result = settle(query, registry.normalize("license", written), registry.normalize("license", meant), [Mended(0, 7, "licence", sure)])

    offered = [candidate.identifier for candidate in result.candidates]
    assert [*result.identifiers, *offered] == settled
    assert (result.status is Status.AMBIGUOUS) == bool(offered)


@pytest.mark.parametrize(
    ("locale", "word", "meant"),
    [
        ("de", "veraenderung", "veranderung"),
        ("eo", "sxangxi", "sangi"),
        ("da", "maa", "ma"),
        ("lt", "licenicja", "licencija"),
        ("ro", "licnta", "licenta"),
        ("fi", "kaupalisesti", "kaupallisesti"),
    ],
)
def test_words_that_are_meant(spelling: Spelling, locale: str, word: str, meant: str) -> None:
    assert meant in spelling.meant_by(word, locale)


@pytest.mark.parametrize(
    ("locale", "word"),
    [
        ("en", "licence"),
        ("en", "same"),
        ("en", "smae"),
        ("cs", "predstavitel"),
        ("en", "x" * 5_000),
        ("ja", "許諾条件等事項"),
        ("xx", "licnece"),
    ],
)
def test_words_that_are_left_alone(spelling: Spelling, locale: str, word: str) -> None:
    assert spelling.meant_by(word, locale) == ()


def test_other_labels_of_a_locale_are_words_that_are_spelt_right(spelling: Spelling) -> None:
    assert spelling.meant_by("reportagens", "pt") == ()


@pytest.mark.parametrize(
    ("written", "word"), [("licnece", "licence"), ("liccence", "licence"), ("comercial", "commercial"), ("licenec", "licence")]
)
def test_slips(written: str, word: str) -> None:
    assert is_slip(written, word)


@pytest.mark.parametrize(
    ("written", "word"), [("adopted", "adapted"), ("licnce", "licence"), ("licenxce", "licence"), ("oonskad", "onskad")]
)
def test_no_slips(written: str, word: str) -> None:
    assert not is_slip(written, word)


@pytest.mark.parametrize(
    ("written", "word"),
    [("forandrat", "oforandrat"), ("oforandrat", "forandrat"), ("possibles", "possible"), ("derivades", "derivadas"[:-1])],
)
def test_a_letter_at_the_end_of_a_word_is_no_mistake(written: str, word: str) -> None:
    assert not is_inside(written, word)


def test_a_text_of_misspelt_words_alone_is_left_as_it_is(registry: Registry) -> None:
    text = "Creative Commons. " + "you may share the adapatation under the same licnece, credit the autohr; " * 40

    assert remarks(registry.normalize("license", text)) == []


def test_the_steps_show_what_was_read(registry: Registry) -> None:
    steps = registry.explain("license", ALIKE.format("licnece"))["trace"]

    words = [word for step in steps for word in step["words"] if "read_as" in word]
    assert [(word["concept"], word["text"], word["read_as"]) for word in words] == [("same_license", "same licnece", "same licence")]
