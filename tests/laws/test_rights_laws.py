"""Laws of the rights reader, over texts made of its own words in random order, and over any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers import Registry, Status

FRAGMENTS = (
    "Creative Commons", "CC BY", "CC0", "by-nc-nd", "Attribution", "NonCommercial", "NoDerivatives", "ShareAlike", "3.0", "4.0", "Spain", "ES",
    "http://creativecommons.org/licenses/by/4.0/", "deed.es", "not", "permitted", "may", "prohibited", "provided that", "unless", "even for",
    "commercial purposes", "derivative works", "copy", "credit the author", "under the same licence", ",", ".", ";", "(", ")", "All rights reserved",
    "es permet", "no", "sempre que", "finalitats comercials", "obres derivades", "embargo", "the metadata", "\x00", "\u202e", "🙂", "署名", "3.52",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map(" ".join))
FIELDS = ("license", "rights", "access_right", "rights_statement", "embargo")


@pytest.mark.parametrize("field", FIELDS)
@given(text=TEXTS)
def test_any_text_is_answered_and_quoted_truly(registry: Registry, field: str, text: str) -> None:
    result = registry.normalize_uncached(field, text)

    assert result.text == text
    assert result == registry.normalize(field, text)
    read = result.read_as or text
    assert all(read[item.start : item.end] == item.text for item in result.evidence)
    assert bool(result.identifiers) or result.status is not Status.MATCHED


@given(text=TEXTS)
def test_an_answer_read_again_is_itself(registry: Registry, text: str) -> None:
    result = registry.normalize_uncached("license", text)

    for identifier in result.identifiers:
        assert registry.normalize_uncached("license", identifier).identifiers == (identifier,)


@given(text=TEXTS)
def test_no_uri_without_a_version_in_the_text(registry: Registry, text: str) -> None:
    license_found = registry.normalize_uncached("license", text).license

    if license_found and license_found.uri and "publicdomain" not in license_found.uri:
        assert license_found.version is not None
        assert license_found.version.removesuffix(".0") in text


@given(text=TEXTS)
def test_the_cautious_term_never_falls_away_beside_a_prohibition(registry: Registry, text: str) -> None:
    before = registry.normalize_uncached("license", text)
    after = registry.normalize_uncached("license", f"{text}. Commercial use is not permitted.")

    if after.status is Status.MATCHED and after.license and after.license.permissions:
        freer = after.license.permissions.commercial_use is True
        assert not (freer and before.status is Status.MATCHED), "a prohibition made no difference"
