"""One language's words, as the readers see them: immutable, whatever the file looked like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct


class LabelKind(StrEnum):
    """How a label stands to its concept, in the words of SKOS."""

    PREF = "pref"
    ALT = "alt"
    HIDDEN = "hidden"


class Label(Struct, frozen=True):
    """One wording of a concept; hidden ones (misspellings, codes) are read but never shown."""

    text: str
    kind: LabelKind
    line: int


Section = Mapping[str, tuple[Label, ...]]


class Example(Struct, frozen=True):
    """A text that proves the words of its file: read as ``field`` it must answer ``reads``.

    ``reads`` holds identifiers or license families, or the bare status ``none``, ``ambiguous`` or ``unmatched``.
    """

    field: str
    text: str
    reads: tuple[str, ...]
    line: int


class Locale(Struct, frozen=True):
    """All words of one language.

    ``sections`` maps a section's name to its concepts and their labels; ``prefixes`` are particles written together with
    the word that follows; ``shared`` names the labels that two concepts of one section rightly share.
    """

    tag: str
    name: str
    file: str
    sections: Mapping[str, Section]
    months: tuple[tuple[str, ...], ...]
    prefixes: tuple[str, ...]
    shared: Mapping[str, frozenset[str]]
    examples: tuple[Example, ...]

    def labels(self, section: str) -> Iterator[tuple[str, Label]]:
        """Yield every concept key of a section with each of its labels, in the order of the file."""
        for key, labels in self.sections.get(section, {}).items():
            for label in labels:
                yield key, label


class LocaleWords(Struct, frozen=True):
    """How many words a locale knows: labels by section, without those sections that it leaves out."""

    name: str
    sections: Mapping[str, int]


def count_words(locale: Locale) -> LocaleWords:
    """Count the labels of each section of a locale."""
    counts = {name: sum(map(len, section.values())) for name, section in locale.sections.items()}
    return LocaleWords(locale.name, {name: count for name, count in counts.items() if count})
