"""Names of fields: on pages and in exports, in any covered language, with prefix and qualifier or without."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from normalizers.localedata import Locale
from normalizers.records.field_names import FieldNames, leading_locale


@pytest.fixture(scope="module")
def names(locales: Mapping[str, Locale]) -> FieldNames:
    return FieldNames(locales)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Language", "language"),
        ("IDIOMA", "language"),
        ("Llengua", "language"),
        ("dc.language.iso", "language"),
        ("dc:language", "language"),
        ("dcterms_language", None),
        ("dc.rights", "rights"),
        ("dc.rights.holder", "rights_holder"),
        ("dc.title.alternative", "alternative_title"),
        ("dc.title.invented", None),
        ("dc.subject.mesh", "subject"),
        ("tipus", "resource_type"),
        ("dcterms.issued", "date_issued"),
        ("dcterms:dateAccepted", "date_accepted"),
        ("publicationYear", "date_issued"),
        ("publication_date", "date_issued"),
        ("Mots-clés", "subject"),
        ("Palavras-chave", "subject"),
        ("Autor(es)", "creator"),
        ("The record appears in these collections", "collection"),
        ("Title of the project", None),
        ("", None),
        ("x" * 500, None),
    ],
)
def test_a_name_stands_for_its_field(names: FieldNames, name: str, key: str | None) -> None:
    found = names.lookup(name)

    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("name", "key", "qualifier"),
    [
        ("dc.title[es_ES]", "title", "es_ES"),
        ("dc.subject.mesh[en]", "subject", "en"),
        ("Abstract (English)", "abstract", "English"),
        ("title@ca", "title", "ca"),
        ("dc.title[]", "title", None),
    ],
)
def test_what_stands_in_brackets_qualifies_the_value(names: FieldNames, name: str, key: str, qualifier: str | None) -> None:
    found = names.lookup(name)

    assert found is not None
    assert (found.key, found.qualifier) == (key, qualifier)


def test_a_name_of_two_fields_is_settled_by_a_locale_or_not_at_all(names: FieldNames) -> None:
    open_name, settled = names.lookup("Editor"), names.lookup("Editor", "en")

    assert open_name is not None
    assert settled is not None
    assert (open_name.key, set(open_name.candidates)) == (None, {"editor", "publisher"})
    assert settled.key == "editor"


def test_equal_votes_lead_nowhere() -> None:
    assert leading_locale({"en": 2, "ca": 1}) == "en"
    assert leading_locale({"en": 2, "ca": 2}) is None
    assert leading_locale({}) is None
