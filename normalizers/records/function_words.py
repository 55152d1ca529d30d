"""Tells whether a text bears out that it is of a language: by its function words, as spaCy's data list them.

This confirms what a record states, and never tells a language by itself.
"""

from __future__ import annotations

import runpy
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import spacy

from normalizers.folding import fold_key

_LANGUAGES = Path(spacy.__file__).parent / "lang"
_FEWEST_WORDS = 12
_SHORTEST_WORD = 2
_LEAST_SCORE = 0.08
_LEAD = 1.25


class FunctionWords:
    """Function words of some languages, loaded once. Languages for which spaCy has none are never confirmed.

    A word counts the less, the more of the languages have it: "de" says little, "aquest" much.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        languages = sorted({_language(tag) for tag in tags})
        words = {language: _load(language) for language in languages}
        shared = Counter(chain.from_iterable(words.values()))
        self._weights: Mapping[str, Mapping[str, float]] = MappingProxyType(
            {language: {word: 1 / shared[word] for word in found} for language, found in words.items() if found}
        )

    def supports(self, text: str, tag: str) -> bool:
        """Tell whether the words of a text are of a language rather than of any other one that is known."""
        words = [word for word in fold_key(text).split() if len(word) >= _SHORTEST_WORD]
        own = _language(tag)
        if len(words) < _FEWEST_WORDS or own not in self._weights:
            return False
        scores = {language: sum(weights.get(word, 0) for word in words) / len(words) for language, weights in self._weights.items()}
        rival = max((score for language, score in scores.items() if language != own), default=0.0)
        return scores[own] >= _LEAST_SCORE and scores[own] >= rival * _LEAD


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _load(language: str) -> frozenset[str]:
    """Read the list of one language by itself: importing the language would build its tokenizer too, which takes seconds."""
    path = _LANGUAGES / language / "stop_words.py"
    return frozenset(map(fold_key, runpy.run_path(str(path))["STOP_WORDS"])) if path.is_file() else frozenset()
