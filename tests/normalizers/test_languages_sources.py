"""The sources of codes and names, read as they are installed, against other ways of reading the same."""

from __future__ import annotations

import gettext
from collections.abc import Mapping

import pytest
from babel import Locale as BabelLocale
from hypothesis import given
from hypothesis import strategies as st

from normalizers.folding import fold_key
from normalizers.languages import cldr, iso_codes
from normalizers.languages.codes import CodeTable, build_codes
from normalizers.languages.keys import fold_keys
from normalizers.languages.subtags import SubtagRegistry, load_registry
from normalizers.languages.tags import TagReader


@pytest.fixture(scope="module")
def subtags() -> SubtagRegistry:
    return load_registry()


@pytest.fixture(scope="module")
def codes(subtags: SubtagRegistry) -> CodeTable:
    return build_codes(subtags, {part: iso_codes.load_part(part) for part in iso_codes.PARTS}, {"yue"})


@pytest.fixture(scope="module")
def tags(codes: CodeTable, subtags: SubtagRegistry) -> TagReader:
    return TagReader(codes, subtags, cldr.load_official_pairs())


@pytest.fixture(scope="module")
def displays() -> Mapping[str, cldr.DisplayNames]:
    return {display.locale: display for display in cldr.load_display_names({"ca"})}


@given(labels=st.lists(st.text(max_size=12), max_size=8, unique=True))
def test_folding_many_labels_is_folding_each(labels: list[str]) -> None:
    assert fold_keys(labels) == {label: fold_key(label) for label in labels}


def test_cldr_names_are_those_that_babel_gives(displays: Mapping[str, cldr.DisplayNames]) -> None:
    for tag in ("ca", "es", "en", "pt-PT", "zh-Hant"):
        babel = BabelLocale.parse(tag, sep="-").languages
        assert displays[tag].languages
        assert {code: babel[code] for code in displays[tag].languages} == displays[tag].languages


def test_places_are_kept_for_the_languages_asked_for_alone(displays: Mapping[str, cldr.DisplayNames]) -> None:
    assert displays["ca"].territories["BR"] == "Brasil"
    assert displays["ca"].scripts["Cyrl"]
    assert (displays["es"].territories, displays["es"].scripts) == ({}, {})


def test_more_than_a_hundred_display_languages_have_names(displays: Mapping[str, cldr.DisplayNames]) -> None:
    assert sum(len(display.languages) >= 150 for display in displays.values()) > 100


@pytest.mark.parametrize("part", iso_codes.PARTS)
def test_catalogues_are_read_as_gettext_reads_them(part: str) -> None:
    found = {locale: dict(zip(english, translated, strict=True)) for locale, english, translated in iso_codes.load_translations(part)}

    assert len(found) > 30
    for locale in ("fr", "sr", "uk"):
        path = iso_codes.SHARE / "locale" / locale / "LC_MESSAGES" / f"iso_{part}.mo"
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        assert found[locale]
        assert all(catalogue.gettext(english) == translated for english, translated in found[locale].items() if english)


def test_the_range_for_local_use_is_no_language() -> None:
    assert all(len(language.alpha_3) == 3 for part in iso_codes.PARTS for language in iso_codes.load_part(part))


def test_every_code_of_iso_639_leads_to_a_tag_that_is_a_code_of_itself(codes: CodeTable) -> None:
    assert len(codes.codes) > 8000
    targets = {code: codes.codes.get(entry.tag) for code, entry in codes.codes.items()}
    assert {code for code, target in targets.items() if target is None or target.tag != codes.codes[code].tag} == set()


def test_tags_are_the_shortest_that_the_registry_has(codes: CodeTable, subtags: SubtagRegistry) -> None:
    for part in iso_codes.PARTS:
        for language in iso_codes.load_part(part):
            tag = codes.codes[language.alpha_3].tag
            assert len(tag) <= len(language.alpha_3)
            assert not language.alpha_2 or tag == language.alpha_2
            entry = subtags.get("language", tag)
            assert entry is None or entry.preferred is None


def test_well_known_languages_are_told_from_others(codes: CodeTable) -> None:
    assert (codes.codes["eng"].common, codes.codes["eng"].familiar) == (True, True)
    assert (codes.codes["yue"].common, codes.codes["yue"].familiar) == (False, True)
    assert (codes.codes["sve"].common, codes.codes["sve"].familiar) == (False, False)


def test_a_code_in_mixed_letters_is_none(codes: CodeTable) -> None:
    assert [codes.get(code) is not None for code in ("eng", "ENG", "Eng", "eNg", "EnG")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en-GB", ("en-GB",)),
        ("EN_gb", ("en-GB",)),
        ("zh-hant-tw", ("zh-Hant-TW",)),
        ("ru-Cyrl-RU", ("ru-RU",)),
        ("sl-rozaj-biske", ("sl-rozaj-biske",)),
        ("en-x-foo", ("en-x-foo",)),
        ("en-GB-oed", ("en-GB-oxendict",)),
        ("sgn-BE-FR", ("sfb",)),
        ("deu-ger", ("de",)),
        ("eng-spa", ("en", "es")),
        ("eng-US", ("en-US",)),
        ("en-BU", ("en-MM",)),
    ],
)
def test_tags_are_canonical(tags: TagReader, text: str, expected: tuple[str, ...]) -> None:
    reading = tags.read(text)
    assert reading is not None
    assert reading.tags == expected


NO_TAGS = ("en", "english", "xx-US", "en-", "-en", "en--US", "en-foobar", "en-Xxxx", "en-a-b-c", "é-US", "x-foo", "en-US-" * 20, "")


@pytest.mark.parametrize("text", NO_TAGS)
def test_what_is_no_tag_is_none(tags: TagReader, text: str) -> None:
    assert tags.read(text) is None


def test_scripts_and_places_join_a_tag_in_their_order(tags: TagReader) -> None:
    assert tags.combine("ca-valencia", territory="ES") == "ca-ES-valencia"
    assert tags.combine("zh", script="Hant", territory="TW") == "zh-Hant-TW"
    assert tags.combine("ru", script="Cyrl") == "ru"
    assert tags.combine("zh-Hant", script="Hans") == "zh-Hant"
    assert tags.combine("pt-BR", territory="PT") == "pt-BR"


def test_a_country_has_one_official_language_or_none() -> None:
    official = cldr.load_sole_official_languages()
    assert {country: official.get(country) for country in ("JP", "GR", "US", "GB", "UA", "BE", "IN")} == {
        "JP": "ja", "GR": "el", "US": "en", "GB": "en", "UA": "uk", "BE": None, "IN": None,
    }  # fmt: skip
