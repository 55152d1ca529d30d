"""The labels of all facets of all locales, with the ways by which a code or an address is brought to its label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from normalizers.folding import fold_key
from normalizers.localedata import Entry, LabelKind, Locale, is_same_language
from normalizers.vocabularies import Vocabulary

# Which section of the locale files names the concepts of which vocabulary; genres and degrees have keys of their own.
FACETS: Mapping[str, str | None] = MappingProxyType(
    {
        "resource_types": "coar-resource-types",
        "versions": "coar-version-types",
        "peer_review": "peer-review",
        "genres": None,
        "degrees": None,
    }
)
LANGUAGE_INDEPENDENT = "root"
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class FacetLabel:
    """What one key names within one facet; ``by_code`` tells that an address or the code of a scheme was read, no word of a language."""

    section: str
    entries: tuple[Entry, ...]
    by_code: bool = False


class FacetIndex:
    """All labels by facet and key. Immutable once built, and safe to share between readers and threads."""

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
        self._entries: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._compact: dict[str, dict[str, str]] = {}
        for section, vocabulary in FACETS.items():
            entries = [*_labels(locales.values(), section), *_identifiers(vocabularies[vocabulary] if vocabulary else None)]
            self._entries[section] = _group(entries)
            self._compact[section] = {key.replace(" ", ""): key for key in reversed(self._entries[section])}
        words = [*_words(locales.values(), "term_prefixes")]
        self._prefixes = tuple(sorted((fold_key(word) + " " for word in words), key=len, reverse=True))
        self.joining = frozenset(map(fold_key, _words(locales.values(), "type_words")))
        self.longest = max((key.count(" ") + 1 for keys in self._entries.values() for key in keys), default=1)

    def lookup(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names, in every facet that knows it, as it stands."""
        return tuple(self._facets(key, locale))

    def lookup_term(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names if what stands before the terms of a scheme is taken off, or the spaces between its words are."""
        found = self.lookup(key, locale)
        term = self.strip_prefix(key)
        if not found and term != key:
            found = tuple(FacetLabel(label.section, label.entries, by_code=True) for label in self.lookup_term(term, locale))
        return found or tuple(self._compacted(key.replace(" ", ""), locale))

    def strip_prefix(self, key: str) -> str:
        """Take off what stands before a term in the address or code of a scheme, as often as it does."""
        words = key.split(" ", 1)
        bare = words[1] if words[0] in _SCHEMES and len(words) > 1 else key
        for prefix in self._prefixes:
            if bare.startswith(prefix):
                return self.strip_prefix(bare[len(prefix) :])
        return bare

    def _facets(self, key: str, locale: str | None) -> Iterator[FacetLabel]:
        for section, keys in self._entries.items():
            entries = _prefer(keys.get(key, ()), locale)
            if entries:
                yield FacetLabel(section, entries, by_code=all(entry.locale == LANGUAGE_INDEPENDENT for entry in entries))

    def _compacted(self, compact: str, locale: str | None) -> Iterator[FacetLabel]:
        for section, keys in self._compact.items():
            if compact in keys:
                yield from (label for label in self._facets(keys[compact], locale) if label.section == section)


def _labels(locales: Iterable[Locale], section: str) -> Iterator[Entry]:
    for locale in locales:
        for concept, label in locale.labels(section):
            yield Entry(concept, locale.tag, label.text, label.kind)


def _identifiers(vocabulary: Vocabulary | None) -> Iterator[Entry]:
    for concept in vocabulary.concepts.values() if vocabulary else ():
        yield Entry(concept.key, LANGUAGE_INDEPENDENT, concept.identifier.rsplit("/", 1)[-1], LabelKind.HIDDEN)


def _words(locales: Iterable[Locale], section: str) -> Iterator[str]:
    for locale in locales:
        for _, label in locale.labels(section):
            yield label.text


def _group(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(fold_key(entry.label), []).append(entry)
    return {key: tuple(found) for key, found in grouped.items()}


def _prefer(entries: tuple[Entry, ...], locale: str | None) -> tuple[Entry, ...]:
    if locale is None or not entries:
        return entries
    return tuple(entry for entry in entries if is_same_language(entry.locale, locale)) or entries
