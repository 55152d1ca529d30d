"""Detects the language of running text, to doubt what a record states and never to state anything in its place.

lingua does the detecting, offline; it is an extra, ``drets[detect]``. It is asked in its mode of low accuracy, which judges by groups of
three letters: that mode takes 90 MB and half a second to load where the other takes 900 MB and ten seconds, and from the length on
that is asked for here it is as right. All languages that it knows take part: without the lesser used ones, texts in them would be
taken for a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from normalizers.errors import MissingExtraError
from normalizers.folding import is_unspaced, is_word
from normalizers.strict_yaml import parse_yaml

if TYPE_CHECKING:
    import lingua

FEWEST_LETTERS = 60
"""Shorter texts are not judged: of 20 to 40 letters one in twenty-five was taken for another language, of 60 and more one in 240."""

LEAST_CONFIDENCE = 0.95
"""How sure the detector must be, of 1, that a text is in one of the languages that it knows rather than in any other of them."""

_DISTRIBUTION = "lingua-language-detector"
_ALIKE = Path(__file__).with_name("alike.yaml")
# A character of a script that writes no spaces says about as much as three letters.
_LETTERS_IN_A_CHARACTER = 3


class Detection(Struct, frozen=True):
    """The language that a text is probably written in, and how sure that is, from 0 to 1."""

    tag: str
    confidence: float


class LanguageDetector:
    """Tells the language of a text that is long enough. Loads what it needs when it is first asked; safe to share between threads."""

    def __init__(self, detector: lingua.LanguageDetector, known: frozenset[str]) -> None:
        self._detector = detector
        self._known = known
        self._groups = _load_groups()
        self.versions: Mapping[str, str] = MappingProxyType({_DISTRIBUTION: version(_DISTRIBUTION)})

    def detect(self, text: str) -> Detection | None:
        """Detect the language of a text; None where it is too short, or the detector is not sure."""
        if _letters(text) < FEWEST_LETTERS:
            return None
        best = next(iter(self._detector.compute_language_confidence_values(text)), None)
        return Detection(_tag(best.language), best.value) if best and best.value >= LEAST_CONFIDENCE else None

    def knows(self, tag: str) -> bool:
        """Tell whether the detector would have known a text in this language, whatever its script and territory."""
        language = _language(tag)
        return bool(self._groups.get(language, frozenset((language,))) & self._known)

    def agrees(self, tag: str, detected: str) -> bool:
        """Tell whether a tag names the language that was detected, or one that is not told apart from it."""
        language = _language(tag)
        return language == detected or detected in self._groups.get(language, frozenset())


def load_detector() -> LanguageDetector:
    """Make the detector ready.

    Raises:
        MissingExtraError: lingua is not installed.
    """
    try:
        from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 -- an extra: only those who ask for detection need it
    except ImportError as missing:
        raise MissingExtraError("detecting languages needs lingua; install it with: pip install 'drets[detect]'") from missing
    detector = LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
    return LanguageDetector(detector, frozenset(map(_tag, Language.all())))


def _tag(language: lingua.Language) -> str:
    return language.iso_code_639_1.name.lower()


def _language(tag: str) -> str:
    return tag.partition("-")[0]


def _letters(text: str) -> int:
    return sum(_LETTERS_IN_A_CHARACTER if is_unspaced(character) else 1 for character in text if is_word(character))


def _load_groups() -> Mapping[str, frozenset[str]]:
    rows = parse_yaml(_ALIKE.read_text(encoding="utf-8"), _ALIKE.name).content.values()
    return MappingProxyType({tag: frozenset(row["tags"]) for row in rows for tag in row["tags"]})
