"""Tells whether a text bears out that it is of a language: by its function words, as spaCy's data list them.

This confirms what a record states, and never tells a language by itself.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import spacy

from normalizers.folding import fold_key

_LANGUAGES = Path(spacy.__file__).parent / "lang"
_FEWEST_WORDS = 12
_LEAST_SHARE = 0.2
_LEAD = 1.1


class FunctionWords:
    """Function words of some languages, loaded once. Languages for which spaCy has none are never confirmed."""

    def __init__(self, tags: Iterable[str]) -> None:
        languages = sorted({tag.split("-")[0].lower() for tag in tags})
        words = {language: _load(language) for language in languages}
        self._words: Mapping[str, frozenset[str]] = MappingProxyType({language: found for language, found in words.items() if found})

    def supports(self, text: str, tag: str) -> bool:
        """Tell whether the words of a text are of a language rather than of any other one that is known."""
        words = fold_key(text).split()
        own = tag.split("-", maxsplit=1)[0].lower()
        if len(words) < _FEWEST_WORDS or own not in self._words:
            return False
        shares = {language: sum(word in known for word in words) / len(words) for language, known in self._words.items()}
        rival = max((share for language, share in shares.items() if language != own), default=0.0)
        return shares[own] >= _LEAST_SHARE and shares[own] >= rival * _LEAD


def _load(language: str) -> frozenset[str]:
    """Read the list of one language by itself: importing the language would build its tokenizer too, which takes seconds."""
    path = _LANGUAGES / language / "stop_words.py"
    return frozenset(map(fold_key, runpy.run_path(str(path))["STOP_WORDS"])) if path.is_file() else frozenset()
