"""The labels of all facets of all locales, with the ways by which a code or an address is brought to its label."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from normalizers.facets.code_systems import CodeSystem, is_of_system
from normalizers.facets.labels import FacetLabel, FacetLabels
from normalizers.folding import fold_key
from normalizers.localedata import Entry, LabelKind, Locale, is_same_language
from normalizers.spelling import nearest_label
from normalizers.vocabularies import Vocabulary

# Which section of the locale files names the concepts of which vocabulary; the others have keys of their own.
FACETS: Mapping[str, str | None] = MappingProxyType(
    {
        "resource_types": "coar-resource-types",
        "versions": "coar-version-types",
        "peer_review": "peer-review",
        "genres": None,
        "degrees": None,
        "audiences": None,
        "media": None,
        "kinds": None,
    }
)
"""``kinds`` are what codes name and COAR has no type for; they have no words in locale files."""
LANGUAGE_INDEPENDENT = "root"
_SCHEMES = frozenset({"http", "https"})
# A word that is shorter without its particle is left alone: what remains would look like too many other words.
_SHORTEST_STEM = 3

Key = TypeVar("Key", bound=Hashable)


class FacetIndex:
    """All labels by key, those of one key in the order of the facets. Immutable once built, and safe to share."""

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], systems: Iterable[CodeSystem] = ()) -> None:
        systems = tuple(systems)
        self._particles = {locale.tag: tuple(map(fold_key, locale.prefixes)) for locale in locales.values() if locale.prefixes}
        by_key: dict[str, tuple[FacetLabel, ...]] = {}
        compact: dict[str, tuple[FacetLabel, ...]] = {}
        self._bare: dict[tuple[str, str], tuple[FacetLabel, ...]] = {}
        for section, vocabulary in FACETS.items():
            entries = [*_labels(locales.values(), section), *_identifiers(vocabularies[vocabulary] if vocabulary else None)]
            entries += [entry for system in systems for entry in system.entries.get(section, ())]
            grouped = _group(entries)
            labels = {key: _label(section, found) for key, found in grouped.items()}
            _add(by_key, labels)
            _add(compact, {key.replace(" ", ""): label for key, label in reversed(labels.items()) if _is_joinable(label.entries)})
            _add(self._bare, {key: _label(section, found) for key, found in _bare_keys(grouped, self._particles).items()})
        self._labels, self._compact = FacetLabels(by_key), FacetLabels(compact)
        prefixes = _words(locales.values(), "term_prefixes", "term")
        self._prefixes = tuple(sorted((prefix + " " for prefix in prefixes), key=len, reverse=True))
        self.joining = _words(locales.values(), "type_words", "joining")
        self.ends = _words(locales.values(), "type_words", "ends")
        self.begins = _words(locales.values(), "type_words", "begins")
        self._compounded = tuple(sorted(_words(locales.values(), "type_words", "ends", starred=True), key=len, reverse=True))
        self.longest = max((key.count(" ") + 1 for key in self._labels), default=1)

    def keys_of(self, section: str) -> list[str]:
        """List the keys that name something in a facet."""
        return [key for key in self._labels if any(label.section == section for label in self._labels.get(key))]

    def lookup(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names, in every facet that knows it, as it stands."""
        return _in_locale(self._labels.get(key), locale)

    def lookup_term(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names with what stands before the terms of a scheme taken off, or spaces or joined particles left out."""
        found = self.lookup(key, locale)
        if found:
            return found
        term = self.strip_prefix(key)
        if term != key and not self._is_type_and_more(key, term):
            found = tuple(FacetLabel(label.section, label.entries, by_code=True) for label in self.lookup_term(term, locale))
        return found or _in_locale(self._compact.get(key.replace(" ", "")), locale) or self._stripped(key, locale)

    def nearest(self, key: str, section: str, locale: str | None) -> tuple[str, FacetLabel] | None:
        """Give the label of a facet that a misspelling stands for, where that is beyond doubt, and how it is spelt."""

        def entries_of(word: str) -> tuple[Entry, ...]:
            return tuple(
                entry for label in _in_locale(self._labels.get(word), locale) if label.section == section for entry in label.entries
            )

        found = nearest_label(key, self._labels, entries_of)
        return (found[0], _label(section, found[1])) if found else None

    def _is_type_and_more(self, key: str, term: str) -> bool:
        """Tell whether what stands before a term is a type itself, and the term none: "software, published version"."""
        return _names_type(self._labels.get(key.removesuffix(term).strip())) and not (
            _names_type(self._labels.get(term)) or _names_type(self._compact.get(term))
        )

    def end_of_compound(self, word: str) -> str | None:
        """Give the word that ends a compound and says what it is ("bericht" of "evaluationsbericht"), if a locale lists it as such."""
        if not word.endswith(self._compounded):
            return None
        return next((end for end in self._compounded if word.endswith(end) and len(word) > len(end)), None)

    def strip_prefix(self, key: str) -> str:
        """Take off what stands before a term in the address or code of a scheme, as often as it does."""
        words = key.split(" ", 1)
        bare = words[1] if words[0] in _SCHEMES and len(words) > 1 else key
        if bare.startswith(self._prefixes):
            prefix = next(prefix for prefix in self._prefixes if bare.startswith(prefix))
            return self.strip_prefix(bare[len(prefix) :])
        return bare

    def _stripped(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Look a key up as each language with joined particles would write it without them ("the" in "thevideo")."""
        spellings = ((tag, _strip(key, particles)) for tag, particles in self._particles.items())
        labels = [label for spelling in spellings for label in self._bare.get(spelling, ())]
        if len(labels) < 2:  # noqa: PLR2004 - what several languages name is one label of each facet
            return _in_locale(tuple(labels), locale)
        joined = {section: tuple(entry for label in labels if label.section == section for entry in label.entries) for section in FACETS}
        return _in_locale(tuple(_label(section, entries) for section, entries in joined.items() if entries), locale)


def _names_type(labels: Iterable[FacetLabel]) -> bool:
    return any(label.section == "resource_types" for label in labels)


def _is_joinable(entries: Iterable[Entry]) -> bool:
    """Tell whether a key may be written without its spaces and signs; the codes of systems may not: 208 is not 2.08."""
    return not all(is_of_system(entry.locale) for entry in entries)


def is_code(entry: Entry) -> bool:
    """Tell whether an entry is a code or a name of no language, rather than a word of one."""
    return entry.locale == LANGUAGE_INDEPENDENT or is_of_system(entry.locale)


def _label(section: str, entries: tuple[Entry, ...]) -> FacetLabel:
    return FacetLabel(section, entries, by_code=all(map(is_code, entries)))


def _in_locale(labels: tuple[FacetLabel, ...], locale: str | None) -> tuple[FacetLabel, ...]:
    """Leave out what a label is in other languages, where it is anything in that of the locale."""
    if locale is None or not labels:
        return labels
    own = (tuple(entry for entry in label.entries if is_same_language(entry.locale, locale)) for label in labels)
    return tuple(_label(label.section, entries) if entries else label for label, entries in zip(labels, own, strict=True))


def _add(index: dict[Key, tuple[FacetLabel, ...]], labels: Mapping[Key, FacetLabel]) -> None:
    for key, label in labels.items():
        index[key] = (*index.get(key, ()), label)


def _labels(locales: Iterable[Locale], section: str) -> Iterator[Entry]:
    for locale in locales:
        for concept, label in locale.labels(section):
            yield Entry(concept, locale.tag, label.text, label.kind)


def _identifiers(vocabulary: Vocabulary | None) -> Iterator[Entry]:
    for concept in vocabulary.concepts.values() if vocabulary else ():
        yield Entry(concept.key, LANGUAGE_INDEPENDENT, concept.identifier.rsplit("/", 1)[-1], LabelKind.HIDDEN)


def _words(locales: Iterable[Locale], section: str, key: str, *, starred: bool = False) -> frozenset[str]:
    words = (label.text for locale in locales for name, label in locale.labels(section) if name == key)
    return frozenset(fold_key(word) for word in words if not starred or word.startswith("*"))


def _group(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(fold_key(entry.label), []).append(entry)
    return {key: tuple(found) for key, found in grouped.items()}


def _bare_keys(keys: Mapping[str, tuple[Entry, ...]], particles: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    bare: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for key, entries in keys.items():
        for entry in entries:
            if entry.locale in particles:
                stripped = entry.locale, _strip(key, particles[entry.locale])
                bare[stripped] = (*bare.get(stripped, ()), entry)
    return bare


def _strip(key: str, particles: tuple[str, ...]) -> str:
    return " ".join(_strip_word(word, particles) for word in key.split(" "))


def _strip_word(word: str, particles: tuple[str, ...]) -> str:
    if not word.startswith(particles):
        return word
    longest = max((part for part in particles if word.startswith(part) and len(word) >= len(part) + _SHORTEST_STEM), key=len, default="")
    return word[len(longest) :]
