"""Names of persons and organizations: what is split, what stands beside them, and what stays whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.localedata import Locale
from normalizers.names import Person, PersonReader


@pytest.fixture(scope="session")
def reader(locales: Mapping[str, Locale]) -> PersonReader:
    return PersonReader(locales)


def parts(person: Person) -> dict[str, Any]:
    names = ("family", "given", "affiliation", "orcid", "role", "particle", "suffix", "dates")
    return {name: value for name in names if (value := getattr(person, name))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soler Puig, Carme", {"family": "Soler Puig", "given": "Carme"}),
        (
            "Soler i Puig, Carme (Universitat de Girona)",
            {"family": "Soler i Puig", "given": "Carme", "affiliation": "Universitat de Girona"},
        ),
        (
            "Soler, Carme (Dept. of Physics (North), UdG)",
            {"family": "Soler", "given": "Carme", "affiliation": "Dept. of Physics (North), UdG"},
        ),
        ("Soler, Carme, Universitat de Girona", {"family": "Soler", "given": "Carme", "affiliation": "Universitat de Girona"}),
        ("Soler, Carme, 1920-1999", {"family": "Soler", "given": "Carme", "dates": "1920-1999"}),
        ("Soler, Carme (1920-)", {"family": "Soler", "given": "Carme", "dates": "1920-"}),
        ("Soler, Carme, ed.", {"family": "Soler", "given": "Carme", "role": "editor"}),
        ("Soler, Carme (directora)", {"family": "Soler", "given": "Carme", "role": "advisor"}),
        ("Soler, Carme [0000-0001-5109-3700]", {"family": "Soler", "given": "Carme", "orcid": "0000-0001-5109-3700"}),
        ("Soler, Carme https://orcid.org/0000-0001-5109-3700", {"family": "Soler", "given": "Carme", "orcid": "0000-0001-5109-3700"}),
        ("Soler, Dra. Carme", {"family": "Soler", "given": "Carme"}),
        ("Soler, Carme, PhD", {"family": "Soler", "given": "Carme"}),
        ("Green, Adam, Jr.", {"family": "Green", "given": "Adam", "suffix": "Jr."}),
        ("Berg, Anton van den", {"family": "Berg", "given": "Anton", "particle": "van den"}),
        ("de la Fuente, Anna", {"family": "de la Fuente", "given": "Anna"}),
        ("Church, Adam", {"family": "Church", "given": "Adam"}),
        ("Soler, Robert (Bob)", {"family": "Soler", "given": "Robert (Bob)"}),
        ("C. Soler Puig", {"family": "Soler Puig", "given": "C."}),
        ("Soler Puig C", {"family": "Soler Puig", "given": "C"}),
        ("Adam B. Green", {"family": "Green", "given": "Adam B."}),
        ("SOLER PUIG Carme", {"family": "SOLER PUIG", "given": "Carme"}),
        ("Carme SOLER", {"family": "SOLER", "given": "Carme"}),
        ("Anton van den Berg", {"family": "van den Berg", "given": "Anton"}),
        ("山田 花子", {"family": "山田", "given": "花子"}),
        ("Soler, A. M.", {"family": "Soler", "given": "A. M."}),
        ("Soler, MA", {"family": "Soler", "given": "MA"}),
        ("Soler, Carme, MA", {"family": "Soler", "given": "Carme"}),
        ("Soler, Mª Carme", {"family": "Soler", "given": "Mª Carme"}),
        ("Soler, Carme.", {"family": "Soler", "given": "Carme"}),
        ("M. Soler", {"family": "Soler", "given": "M."}),
        ("Soler, M. C. (Maria Carme), 1901-1980", {"family": "Soler", "given": "M. C.", "dates": "1901-1980"}),
        ("Soler, M. C. (UdG)", {"family": "Soler", "given": "M. C.", "affiliation": "UdG"}),
        ("Soler, Carme, directora de tesi", {"family": "Soler", "given": "Carme", "role": "advisor"}),
        ("d'Ors i Rovira, Eugeni", {"family": "d'Ors i Rovira", "given": "Eugeni"}),
        ("Jónsdóttir, Anna Björk", {"family": "Jónsdóttir", "given": "Anna Björk"}),
        ("al-Ṭāhir, ʿAlī ibn Ḥasan", {"family": "al-Ṭāhir", "given": "ʿAlī ibn Ḥasan"}),
        ("Nguyễn, Thị Hoa", {"family": "Nguyễn", "given": "Thị Hoa"}),
        ("الخوارزمي، محمد بن موسى", {"family": "الخوارزمي", "given": "محمد بن موسى"}),
        ("王，小明", {"family": "王", "given": "小明"}),
    ],
)
def test_a_name_is_split(reader: PersonReader, text: str, expected: dict[str, str]) -> None:
    person = reader.read_person(text)

    assert parts(person) == expected
    assert person.text == text
    assert not person.is_organization
    assert person.issues == ()


@pytest.mark.parametrize(
    "text", ["Carme Soler Puig", "Soler Carme", "Smith JA", "Wei LI", "CARME SOLER", "María del Carmen Soler", "Plató", "山田花子"]
)
def test_a_name_that_does_not_say_its_order_stays_whole(reader: PersonReader, text: str) -> None:
    person = reader.read_person(text)

    assert (person.name, person.family, person.given) == (text, None, None)
    assert [issue.code for issue in person.issues] == ["name_order_unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "Universitat de Girona",
        "Universitat de Girona. Departament de Física",
        "Universitat de Girona, Departament de Física",
        "Ministerio de Cultura, Dirección General del Libro",
        "Grup de Recerca en Paisatge",
        "The Ice Core Consortium",
        "Banco de España",
        "Presses universitaires du Sud",
        "UNESCO",
        "Associació Catalana de Museus (ACM)",
        "Московский государственный университет",
        "東京大学",
    ],
)
def test_an_organization_is_not_torn_apart(reader: PersonReader, text: str) -> None:
    person = reader.read_person(text)

    assert (person.name, person.family, person.given, person.is_organization) == (text, None, None, True)


def test_a_broken_orcid_is_reported_and_left_out(reader: PersonReader) -> None:
    person = reader.read_person("Soler, Carme (ORCID: 0000-0001-5109-3701)")

    assert (person.family, person.given, person.orcid) == ("Soler", "Carme", None)
    assert [issue.code for issue in person.issues] == ["invalid_identifier"]


def test_a_list_is_read_name_by_name(reader: PersonReader) -> None:
    persons = reader.read_persons("Soler, Carme; Puig, Joan (UdG) | Universitat de Girona;")

    assert [(person.family, person.given, person.is_organization) for person in persons] == [
        ("Soler", "Carme", False),
        ("Puig", "Joan", False),
        (None, None, True),
    ]


def test_more_parts_than_a_name_has_are_left_whole(reader: PersonReader) -> None:
    person = reader.read_person("Soler, Puig, Serra, Vidal")

    assert (person.name, person.family) == ("Soler, Puig, Serra, Vidal", None)
    assert [issue.code for issue in person.issues] == ["name_parts_unknown"]


def test_two_names_with_initials_first_are_not_taken_for_one_turned_round(reader: PersonReader) -> None:
    person = reader.read_person("A. Soler, C. Puig and M. Roca")

    assert (person.name, person.family, person.given) == ("A. Soler, C. Puig and M. Roca", None, None)
    assert [issue.code for issue in person.issues] == ["name_parts_unknown"]


def test_given_names_joined_by_a_word_for_and_are_of_two_persons(reader: PersonReader) -> None:
    person = reader.read_person("Soler, Carme and Anna Puig")

    assert (person.family, person.given) == (None, None)
    assert [issue.code for issue in person.issues] == ["name_parts_unknown"]


def test_an_address_for_mail_is_left_out_and_reported(reader: PersonReader) -> None:
    person = reader.read_person("Soler, Carme <soler@example.org>")

    assert (person.name, person.family, person.given) == ("Soler, Carme", "Soler", "Carme")
    assert [issue.code for issue in person.issues] == ["unread_part"]


FRAGMENTS = (
    "Soler",
    "Carme",
    ",",
    ", ",
    " ",
    "(",
    ")",
    "[",
    "]",
    "van",
    "de la",
    "Jr.",
    "Dr.",
    "ed.",
    "1920-",
    "Universitat",
    "0000-0001-5109-3700",
    "A.",
    "",
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join))


@given(text=TEXTS)
def test_any_text_is_read_the_same_way_twice(reader: PersonReader, text: str) -> None:
    person = reader.read_person(text)

    assert person == reader.read_person(text)
    assert person.text == text
    assert (person.family is None) is (person.given is None)


@given(text=TEXTS)
def test_a_name_read_again_is_itself(reader: PersonReader, text: str) -> None:
    once = reader.read_person(text)
    again = reader.read_person(once.name)

    assert again.name == once.name
