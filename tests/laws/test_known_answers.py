"""Laws of what is answered at once: a text that is one known name or label gets the answer that reading it from the start gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Registry
from normalizers.facets.index import is_code
from normalizers.facets.words import span_of_words
from normalizers.folding import letters_of
from normalizers.languages.answers import answer
from normalizers.reading import Query
from normalizers.results import Result, dump

SIGNS = st.sampled_from(("", " ", ".", "(", ")", "«", "»", '"', "-", "/", ";", "\n", "\u0301", "\u200b", "1", "x "))
SPELT = st.sampled_from((str, str.upper, str.lower, str.title, str.casefold, lambda text: text.replace(" ", "-"), lambda text: text[:-1]))
AROUND = st.builds(lambda before, spelt, behind: lambda text: before + spelt(text) + behind, SIGNS, SPELT, SIGNS)
MOST_UNKNOWN = 0.2
"""The share of names and labels that are not answered at once: those that several languages share, and labels of other facets."""


def language_anew(registry: Registry, query: Query) -> Result:
    reader: Any = registry._readers["language"]  # noqa: SLF001 -- the way that answers at once is to be gone round
    code = reader.bare_codes.quick(query.text, query.locale)
    if code:
        return reader._code(query, query.text, code)  # type: ignore[no-any-return]  # noqa: SLF001 -- the same
    return answer(query, reader._parts(query.text, query.locale), reader.tags.codes.names, reader.stamp)  # noqa: SLF001 -- the same


def type_anew(registry: Registry, query: Query) -> Result:
    reader: Any = registry._readers["resource_type"]  # noqa: SLF001 -- the same
    return reader._read_anew(query)  # type: ignore[no-any-return]  # noqa: SLF001 -- the same


def language_names(registry: Registry) -> list[str]:
    index = registry._readers["language"].names.index  # type: ignore[attr-defined]  # noqa: SLF001 -- the same
    return sorted({*index._numbers, *(spelling for spelt in index._spellings.values() for spelling in spelt)})  # noqa: SLF001 -- the same


def type_labels(registry: Registry) -> list[str]:
    labels = registry._readers["resource_type"]._facets._labels  # type: ignore[attr-defined]  # noqa: SLF001 -- the same
    found = (label for key in labels for label in labels.get(key))
    return sorted({entry.label for label in found for entry in label.entries if not is_code(entry)})


@pytest.fixture(scope="module")
def known(registry: Registry) -> dict[str, list[str]]:
    return {"language": language_names(registry), "resource_type": type_labels(registry)}


ANEW: dict[str, Callable[[Registry, Query], Result]] = {"language": language_anew, "resource_type": type_anew}


def same(registry: Registry, field: str, text: str) -> None:
    at_once = registry._readers[field].read(Query(field, text))  # noqa: SLF001 -- as the registry asks it, without mending
    expected = ANEW[field](registry, Query(field, text))
    assert at_once == expected
    assert dump(at_once) == dump(expected)


@pytest.mark.parametrize("field", ANEW)
@given(number=st.integers(min_value=0), put=AROUND)
def test_a_name_is_answered_at_once_as_it_is_read(
    registry: Registry, known: dict[str, list[str]], field: str, number: int, put: Callable[[str], str]
) -> None:
    text = put(known[field][number % len(known[field])])
    if text.strip():
        same(registry, field, text)


@pytest.mark.parametrize("field", ANEW)
def test_names_of_every_kind_are_answered_at_once_as_they_are_read(registry: Registry, known: dict[str, list[str]], field: str) -> None:
    for text in known[field][::97]:
        same(registry, field, text)


def test_nearly_all_labels_are_answered_at_once(registry: Registry, known: dict[str, list[str]]) -> None:
    types, languages = registry._readers["resource_type"]._known, registry._readers["language"]  # type: ignore[attr-defined]  # noqa: SLF001 -- the same
    assert _share(types.answer(Query("resource_type", text)) is None for text in known["resource_type"]) <= MOST_UNKNOWN
    assert _share(languages._recall(Query("language", text), text) is None for text in known["language"]) <= MOST_UNKNOWN  # type: ignore[attr-defined]  # noqa: SLF001 -- the same


def _share(facts: Iterable[bool]) -> float:
    counted = list(facts)
    return sum(counted) / len(counted)


@given(text=st.text(min_size=1, max_size=12).filter(lambda text: letters_of(Query("", text).folded.text).strip()))
def test_the_span_of_the_words_is_that_of_their_letters(text: str) -> None:
    folded = Query("resource_type", text).folded
    letters = letters_of(folded.text)
    start, end = folded.span(len(letters) - len(letters.lstrip(" ")), len(letters.rstrip(" ")))
    assert span_of_words(Query("resource_type", text)) == (start, end)
