"""Inflected names and the words around them come from locale files alone: here from one that is no part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizers.languages import LanguageReader, build_language_reader
from normalizers.localedata import load_locales, load_sections
from normalizers.reading import Query
from normalizers.vocabularies import load_vocabularies

RUSSIAN = """
locale: ru
name: Russian
sources: [written for this test]
languages:
  ru: [русск*]      # russkiy, russkom, russkogo
  en: [английск*]   # angliyskiy
  de: [немецк*]     # nemetskiy
language_words:
  and: [и]                             # i
  language: [язык, языке, языка, языки]  # yazyk
  in: [на, по]                         # na, po
  around: [текст, резюме]              # tekst, rezyume
  translated_from: [перевод с]         # perevod s
"""


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> LanguageReader:
    folder: Path = tmp_path_factory.mktemp("locales")
    (folder / "ru.yaml").write_text(RUSSIAN, encoding="utf-8")
    return build_language_reader(load_locales(load_sections(load_vocabularies()), folder))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("на русском языке", ("ru",)),
        ("русский язык", ("ru",)),
        ("текст на русском языке, резюме на английском", ("ru", "en")),
        ("на русском и немецком языках", ()),
        ("на русском и немецком языке", ("ru", "de")),
        ("перевод с английского на русский язык", ("ru",)),
        ("русскоязычная литература", ()),
        ("украинский", ("uk",)),
        ("русский (Россия)", ("ru-RU",)),
    ],
)
def test_stems_and_words_of_a_locale_file_are_read(russian: LanguageReader, text: str, tags: tuple[str, ...]) -> None:
    result = russian.read(Query("language", text))

    assert result.identifiers == tags
    assert all(text[item.start : item.end] == item.text for item in result.evidence)


def test_without_the_file_of_a_language_its_words_are_unread(russian: LanguageReader) -> None:
    assert russian.read(Query("language", "en català")).identifiers == ()
    assert russian.read(Query("language", "català")).identifiers == ("ca",)


def test_an_issue_names_the_language_of_the_original(russian: LanguageReader) -> None:
    result = russian.read(Query("language", "перевод с английского на русский язык"))

    assert [(issue.code, issue.detail.rsplit(": ", 1)[1]) for issue in result.issues] == [("original_language", "en")]
