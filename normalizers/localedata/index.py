"""Labels by their folded text: the exact half of reading, shared by every field that has labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from normalizers.folding import fold_key
from normalizers.localedata.model import LabelKind, Locale


class Entry(Struct, frozen=True):
    """A label found: the concept it names, and whose label it is."""

    concept: str
    locale: str
    label: str
    kind: LabelKind


class LabelIndex:
    """The labels of one section of all locales, by folded text.

    A text names one concept, or several: then the locale of the text decides, if the caller knows it; else all stand.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        index: dict[str, tuple[Entry, ...]] = {}
        for entry in entries:
            key = fold_key(entry.label)
            index[key] = (*index.get(key, ()), entry)
        self._entries: Mapping[str, tuple[Entry, ...]] = index

    @classmethod
    def build(cls, locales: Iterable[Locale], *sections: str) -> LabelIndex:
        """Index sections of the given locales that name the same concepts."""
        return cls(
            Entry(concept, locale.tag, label.text.strip("*"), label.kind)
            for locale in locales
            for section in sections
            for concept, label in locale.labels(section)
        )

    def __len__(self) -> int:
        """Count the distinct folded labels."""
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        """Tell whether a folded key is a label."""
        return key in self._entries

    def lookup(self, text: str, locale: str | None = None) -> tuple[Entry, ...]:
        """Give the entries that a text names, one a concept, preferring those of ``locale`` where concepts compete."""
        return self.lookup_key(fold_key(text), locale)

    def lookup_key(self, key: str, locale: str | None = None) -> tuple[Entry, ...]:
        """Like ``lookup``, for a text that is folded already."""
        entries = self._entries.get(key, ())
        if locale is not None:
            own = tuple(entry for entry in entries if is_same_language(entry.locale, locale))
            entries = own or entries
        by_concept: dict[str, Entry] = {}
        for entry in entries:
            by_concept.setdefault(entry.concept, entry)
        return tuple(by_concept.values())


def is_same_language(tag: str, other: str) -> bool:
    """Tell whether two language tags share their language subtag, or one is the language-independent ``root``."""
    return tag.split("-", maxsplit=1)[0].casefold() == other.split("-", maxsplit=1)[0].casefold()
