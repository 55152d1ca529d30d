"""Laws of the language reader, over values made of the pieces of values in random order, and over any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Registry, Status

FRAGMENTS = (
    "eng", "fre", "en", "CA", "pt", "BR", "xx", "iw", "jp", "und", "zxx", "English", "català", "Castellano", "Old", "Ancient", "Tonga",
    "Ga", "中文", "ภาษา", "العربية", "i", "and", "y", "in", "with abstracts in", "(", ")", ",", ";", "|", " ## ", "/", "-", "_", " ", "\t",
    "://", "Latin script", "(Traditional)", "Brasil", "UK", "translated from", "@valencia", ".UTF-8", "x-foo", "1996", "\u200f", "\x00",
    "🇪🇸", "e\u0301",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join))
CODES = ("eng", "cat", "fre", "lat", "ger", "spa")
NAMES = ("English", "català", "Français", "latín", "Deutsch", "português")
LOCALES = st.sampled_from([None, "ca", "en", "pt-BR", "nb", "zz", "not a tag", ""])


@given(text=TEXTS, locale=LOCALES)
def test_any_text_is_answered_and_quoted_truly(registry: Registry, text: str, locale: str | None) -> None:
    result = registry.normalize_uncached("language", text, locale=locale)

    assert result == registry.normalize_uncached("language", text, locale=locale)
    read = result.read_as or text
    assert all(read[item.start : item.end] == item.text != "" for item in result.evidence)
    assert bool(result.identifiers) is (result.status is Status.MATCHED)
    assert bool(result.identifiers) is (result.method is not None)
    assert {candidate.identifier for candidate in result.candidates}.isdisjoint(result.identifiers)


@given(text=TEXTS, locale=LOCALES)
def test_an_answer_read_again_is_itself(registry: Registry, text: str, locale: str | None) -> None:
    for identifier in registry.normalize_uncached("language", text, locale=locale).identifiers:
        again = registry.normalize_uncached("language", identifier)
        assert (again.identifiers, again.method) == ((identifier,), "code")


@given(text=TEXTS)
def test_every_stretch_of_a_list_is_accounted_for(registry: Registry, text: str) -> None:
    parts = registry.normalize_uncached("language", text).details.get("parts", ())

    assert [part["start"] for part in parts] == sorted(part["start"] for part in parts)
    assert all(part["identifiers"] if part["status"] == "matched" else not part["identifiers"] for part in parts)


@given(codes=st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True))
@pytest.mark.parametrize("separator", [";", " ; ", "|", "/", " ## ", "##", ",", ", ", " ", "\n", " - ", " & ", "; and "])
def test_no_separator_loses_a_code_or_their_order(registry: Registry, codes: list[str], separator: str) -> None:
    alone = tuple(registry.normalize("language", code).identifiers[0] for code in codes)

    assert registry.normalize_uncached("language", separator.join(codes)).identifiers == alone


@given(names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
@pytest.mark.parametrize("separator", [";", " ; ", "|", " / ", " ## ", ", ", "\n", " - ", " & ", " i ", " and ", " y ", " et "])
def test_no_separator_or_conjunction_loses_a_name_or_their_order(registry: Registry, names: list[str], separator: str) -> None:
    alone = tuple(registry.normalize("language", name).identifiers[0] for name in names)

    assert registry.normalize_uncached("language", separator.join(names)).identifiers == alone


@given(text=st.text(alphabet="abcdefghij ,;()", min_size=0, max_size=4000))
def test_long_texts_are_answered(registry: Registry, text: str) -> None:
    assert registry.normalize_uncached("language", text).field == "language"


def test_a_text_too_long_to_be_a_statement_of_languages_is_not_searched(registry: Registry) -> None:
    result = registry.normalize_uncached("language", "English " * 1000)

    assert (result.status, [issue.code for issue in result.issues]) == (Status.UNMATCHED, ["too_long"])
