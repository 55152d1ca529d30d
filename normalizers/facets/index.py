"""The labels of all facets of all locales, with the ways by which a code or an address is brought to its label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from normalizers.facets.code_systems import CodeSystem, is_of_system
from normalizers.folding import fold_key
from normalizers.localedata import Entry, LabelKind, Locale, is_same_language
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
    }
)
LANGUAGE_INDEPENDENT = "root"
_SCHEMES = frozenset({"http", "https"})
# A word that is shorter without its particle is left alone: what remains would look like too many other words.
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class FacetLabel:
    """What one key names within one facet; ``by_code`` tells that an address or the code of a scheme was read, no word of a language."""

    section: str
    entries: tuple[Entry, ...]
    by_code: bool = False


class FacetIndex:
    """All labels by facet and key. Immutable once built, and safe to share between readers and threads."""

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], systems: Iterable[CodeSystem] = ()) -> None:
        systems = tuple(systems)
        self._entries: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._compact: dict[str, dict[str, str]] = {}
        for section, vocabulary in FACETS.items():
            entries = [*_labels(locales.values(), section), *_identifiers(vocabularies[vocabulary] if vocabulary else None)]
            entries += [entry for system in systems for entry in system.entries.get(section, ())]
            self._entries[section] = _group(entries)
            joinable = [key for key, found in self._entries[section].items() if _is_joinable(found)]
            self._compact[section] = {key.replace(" ", ""): key for key in reversed(joinable)}
        self._particles = {locale.tag: tuple(map(fold_key, locale.prefixes)) for locale in locales.values() if locale.prefixes}
        self._bare = {section: _bare_keys(keys, self._particles) for section, keys in self._entries.items()}
        prefixes = _words(locales.values(), "term_prefixes", "term")
        self._prefixes = tuple(sorted((prefix + " " for prefix in prefixes), key=len, reverse=True))
        self.joining = _words(locales.values(), "type_words", "joining")
        self.ends = _words(locales.values(), "type_words", "ends")
        self.begins = _words(locales.values(), "type_words", "begins")
        self._compounded = tuple(sorted(_words(locales.values(), "type_words", "ends", starred=True), key=len, reverse=True))
        self.longest = max((key.count(" ") + 1 for keys in self._entries.values() for key in keys), default=1)

    def lookup(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names, in every facet that knows it, as it stands."""
        return tuple(self._facets(key, locale))

    def lookup_term(self, key: str, locale: str | None) -> tuple[FacetLabel, ...]:
        """Give what a key names with what stands before the terms of a scheme taken off, or spaces or joined particles left out."""
        found = self.lookup(key, locale)
        if found:
            return found
        term = self.strip_prefix(key)
        if term != key and not self._is_type_and_more(key, term):
            found = tuple(FacetLabel(label.section, label.entries, by_code=True) for label in self.lookup_term(term, locale))
        return found or tuple(self._compacted(key.replace(" ", ""), locale)) or tuple(self._stripped(key, locale))

    def _is_type_and_more(self, key: str, term: str) -> bool:
        """Tell whether what stands before a term is a type itself, and the term none: "software, published version"."""
        types = self._entries["resource_types"]
        return key.removesuffix(term).strip() in types and term not in types

    def end_of_compound(self, word: str) -> str | None:
        """Give the word that ends a compound and says what it is ("bericht" of "evaluationsbericht"), if a locale lists it as such."""
        return next((end for end in self._compounded if word.endswith(end) and len(word) > len(end)), None)

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
            entries = keys.get(key)
            if entries:
                yield from _facet(section, entries, locale)

    def _compacted(self, compact: str, locale: str | None) -> Iterator[FacetLabel]:
        for section, keys in self._compact.items():
            if compact in keys:
                yield from _facet(section, self._entries[section][keys[compact]], locale)

    def _stripped(self, key: str, locale: str | None) -> Iterator[FacetLabel]:
        """Look a key up as each language with joined particles would write it without them ("the" in "thevideo")."""
        spellings = [(tag, _strip(key, particles)) for tag, particles in self._particles.items()]
        for section, bare in self._bare.items():
            found = [entry for spelling in spellings for entry in bare.get(spelling, ())]
            yield from _facet(section, tuple(found), locale)


def _is_joinable(entries: Iterable[Entry]) -> bool:
    """Tell whether a key may be written without its spaces and signs; the codes of systems may not: 208 is not 2.08."""
    return not all(is_of_system(entry.locale) for entry in entries)


def is_code(entry: Entry) -> bool:
    """Tell whether an entry is a code or a name of no language, rather than a word of one."""
    return entry.locale == LANGUAGE_INDEPENDENT or is_of_system(entry.locale)


def _facet(section: str, entries: tuple[Entry, ...], locale: str | None) -> Iterator[FacetLabel]:
    own = (tuple(entry for entry in entries if is_same_language(entry.locale, locale)) if locale else ()) or entries
    if own:
        yield FacetLabel(section, own, by_code=all(is_code(entry) for entry in own))


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
