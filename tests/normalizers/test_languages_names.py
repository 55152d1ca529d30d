"""Which language a shared name means, on invented languages: aa, bb and cc, named in display languages xx, yy and zz."""

from __future__ import annotations

import pytest

from normalizers.languages.names import Authority, NameIndex, NameList
from normalizers.languages.resolution import NameReader


def reader(*lists: tuple[str, Authority, dict[str, str]], parents: dict[str, str] | None = None) -> NameReader:
    index = NameIndex(NameList(locale, authority, list(names), list(names.values())) for locale, authority, names in lists)
    return NameReader(index, ("zz",), parents or {})


def tags(names: NameReader, key: str, locale: str | None = None) -> tuple[str, ...]:
    reading = names.read(key, 0, len(key), locale)
    return reading.tags if reading else ()


def test_a_name_is_found_whatever_its_case_marks_and_punctuation() -> None:
    names = reader(("xx", Authority.CLDR, {"Éla-Ba (lo)": "aa"}))

    assert tags(names, "ela ba lo") == ("aa",)
    assert tags(names, "ela") == ()


def test_within_a_display_language_the_better_source_decides() -> None:
    names = reader(
        ("xx", Authority.ISO_639_3, {"Ela": "bb"}), ("xx", Authority.CLDR, {"ela": "aa"}), ("xx", Authority.ISO_639_2, {"ELA": "cc"})
    )

    assert tags(names, "ela", "xx") == tags(names, "ela") == ("aa",)


def test_a_locale_file_overrules_all_others() -> None:
    others = [(locale, Authority.CLDR, {"Ela": "bb"}) for locale in ("aa", "bb", "cc", "dd")]
    names = reader(*others, ("xx", Authority.LOCALE_FILE, {"ela": "aa"}))

    assert tags(names, "ela") == ("aa",)


def test_between_display_languages_the_locale_decides_and_says_so() -> None:
    names = reader(("xx", Authority.CLDR, {"Ela": "aa"}), ("yy", Authority.CLDR, {"Ela": "bb"}))

    reading = names.read("ela", 3, 6, "yy-YY")
    assert reading is not None
    assert (reading.start, reading.end, reading.tags, reading.locale) == (3, 6, ("bb",), "yy")
    assert [issue.code for issue in reading.issues] == ["settled_by_locale"]


def test_without_a_locale_a_name_shared_evenly_is_ambiguous() -> None:
    names = reader(("xx", Authority.CLDR, {"Ela": "aa"}), ("yy", Authority.CLDR, {"Ela": "bb"}))

    reading = names.read("ela", 0, 3)
    assert reading is not None
    assert (set(reading.tags), reading.settled) == ({"aa", "bb"}, None)
    assert reading.reason


def test_without_a_locale_far_wider_use_decides_and_says_so() -> None:
    names = reader(*((f"{letter}{letter}", Authority.CLDR, {"Ela": "aa"}) for letter in "defg"), ("xx", Authority.CLDR, {"Ela": "bb"}))

    reading = names.read("ela", 0, 3)
    assert reading is not None
    assert reading.tags == ("aa",)
    assert [issue.code for issue in reading.issues] == ["settled_by_use"]
    assert tags(names, "ela", "xx") == ("bb",)


def test_a_translation_that_is_silent_where_it_would_repeat_the_english_name_decides_nothing() -> None:
    names = reader(("en", Authority.REGISTRY, {"Ela": "aa"}), ("xx", Authority.ISO_639_3, {"Ela": "bb"}))

    assert set(tags(names, "ela", "xx")) == {"aa", "bb"}


def test_the_parent_of_a_locale_lends_it_its_names() -> None:
    names = reader(("no", Authority.CLDR, {"Ela": "aa"}), ("yy", Authority.CLDR, {"Ela": "bb"}), parents={"nb": "no"})

    assert tags(names, "ela", "nb") == ("aa",)
    assert names.is_own("ela", "nb")
    assert not names.is_own("ela", "xx")
    assert not names.is_own("ela", None)


def test_the_main_member_of_a_macrolanguage_is_no_second_meaning() -> None:
    names = reader(("xx", Authority.CLDR, {"Nepali": "ne"}), ("yy", Authority.CLDR, {"Nepali": "npi"}))

    assert tags(names, "nepali") == ("ne",)


@pytest.mark.parametrize(
    ("locales", "reported"),
    [(("xx", "zz", "aa", "en"), "aa"), (("xx", "zz", "en"), "en"), (("xx", "zz"), "zz"), (("xx", "yy"), "xx")],
)
def test_the_locale_reported_is_the_language_itself_then_english_then_one_with_a_file(locales: tuple[str, ...], reported: str) -> None:
    names = reader(*((locale, Authority.CLDR, {"Ela": "aa"}) for locale in locales))

    reading = names.read("ela", 0, 3)
    assert reading is not None
    assert (reading.locale, reading.rule) == (reported, f"{reported}:language")


def test_marks_tell_names_apart_that_fold_alike_and_their_absence_does_not() -> None:
    names = reader(("xx", Authority.CLDR, {"Sloven": "aa"}), ("xx", Authority.ISO_639_2, {"Slověn": "bb"}))

    spelt = {spelling: names.read("sloven", 0, 6, "xx", spelling=spelling) for spelling in ("Slověn", "SLOVĚN", "Sloven", "Slovên")}
    assert {spelling: reading and reading.tags for spelling, reading in spelt.items()} == {
        "Slověn": ("bb",), "SLOVĚN": ("bb",), "Sloven": ("aa",), "Slovên": ("aa",),
    }  # fmt: skip


def test_an_empty_index_knows_nothing() -> None:
    assert len(NameIndex([])) == 0
    assert "ela" not in NameIndex([])
    assert tags(reader(), "ela") == ()
