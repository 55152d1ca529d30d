"""Tells whether a text bears out that it is of a language: by its function words, as spaCy's data list them.

This confirms what a record states, and never tells a language by itself.
"""

from __future__ import annotations

import runpy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import spacy

from normalizers.folding import fold_key, fold_words

_LANGUAGES = Path(spacy.__file__).parent / "lang"
KEPT = 32_768
"""Pieces of text that are kept with the languages of their words: most of any text is made of the same few thousand words."""

_LONGEST_KEPT = 40
_FEWEST_WORDS = 12
_SHORTEST_WORD = 2
_LEAST_SCORE = 0.08
_LEAD = 1.25


class FunctionWords:
    """Function words of some languages, loaded once. Languages for which spaCy has none are never confirmed.

    A word counts the less, the more of the languages have it: "de" says little, "aquest" much.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        speakers: dict[str, tuple[str, ...]] = {}
        for language in sorted({_language(tag) for tag in tags}):
            for word in sorted(_load(language)):
                speakers[word] = (*speakers.get(word, ()), language)
        self._speakers: Mapping[str, tuple[str, ...]] = MappingProxyType(speakers)
        self._kept = lru_cache(maxsize=KEPT)(self._hear)

    def supports(self, text: str, tag: str) -> bool:
        """Tell whether the words of a text are of a language rather than of any other one that is known."""
        language = _language(tag)
        pieces = text.split()
        hear = self._kept if max(map(len, pieces), default=0) <= _LONGEST_KEPT else self._hear
        heard = list(chain.from_iterable(map(hear, pieces)))
        own = 0.0
        for speakers in heard:
            if language in speakers:
                own += 1 / len(speakers)
        if len(heard) < _FEWEST_WORDS or own < _LEAST_SCORE * len(heard):
            return False
        scores: dict[str, float] = defaultdict(float)
        for speakers in filter(None, heard):
            share = 1 / len(speakers)
            for speaker in speakers:
                scores[speaker] += share
        del scores[language]
        return own >= max(scores.values(), default=0.0) * _LEAD

    def _hear(self, piece: str) -> tuple[tuple[str, ...], ...]:
        """Give the languages of each word in what stands between two spaces."""
        return tuple(self._speakers.get(word, ()) for word in fold_words(piece) if len(word) >= _SHORTEST_WORD)


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _load(language: str) -> frozenset[str]:
    """Read the list of one language by itself: importing the language would build its tokenizer too, which takes seconds."""
    path = _LANGUAGES / language / "stop_words.py"
    return frozenset(map(fold_key, runpy.run_path(str(path))["STOP_WORDS"])) if path.is_file() else frozenset()
