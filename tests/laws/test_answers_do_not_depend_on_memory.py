"""Law: an answer is the same from the cache, read anew, and by another registry that has read other texts, in another order."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizers import Registry, build_registry
from tests.case_files import read_cases

FOLDERS = {"license": "rights", "language": "language", "resource_type": "resource_type", "version": "version", "date": "date"}
EVERY = 7


def _texts(folder: str) -> list[str]:
    found = [entry.case["text"] for entry in read_cases(folder)]
    return [text for text in dict.fromkeys(found) if isinstance(text, str)][::EVERY]


@pytest.fixture(scope="module")
def other(registry: Registry, cache: Path) -> Registry:
    """Read a second registry back, which shares nothing with the first."""
    again = build_registry(cache=cache)
    assert again is not registry
    return again


@pytest.mark.parametrize("folder", FOLDERS)
def test_cached_uncached_and_fresh_answers_are_equal(registry: Registry, other: Registry, folder: str) -> None:
    texts, field = _texts(folder), FOLDERS[folder]
    assert texts
    backwards = {text: other.normalize_uncached(field, text) for text in reversed(texts)}

    for text in texts:
        cached, again = registry.normalize(field, text), registry.normalize(field, text)
        assert cached == again == registry.normalize_uncached(field, text) == backwards[text]


def test_a_sentence_too_long_to_be_followed_grants_nothing(registry: Registry) -> None:
    terms = "copy, share and adapt it, " * 200
    text = f"Creative Commons: you may copy it with credit to the author, even commercially. You may {terms}but not sell it."

    answer = registry.normalize_uncached("license", text)

    assert not answer.identifiers
    assert "too_long" in {issue.code for issue in answer.issues}
    named = registry.normalize_uncached("license", f"CC BY 4.0. You may {terms}but not sell it.")
    assert not named.identifiers
    assert "https://creativecommons.org/licenses/by/4.0/" in {candidate.identifier for candidate in named.candidates}
