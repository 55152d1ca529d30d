"""Makes a layer out of a SKOS scheme: finds the vocabulary it speaks of, and for each concept the one that answers carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import langcodes
from langcodes.tag_parser import LanguageTagError
from msgspec import Struct

from normalizers.layers.loader import is_tag
from normalizers.layers.model import Match
from normalizers.layers.skos import SkosConcept, SkosScheme
from normalizers.layers.targets import TARGETS
from normalizers.localedata import LabelKind
from normalizers.vocabularies import Vocabulary

Labels = Mapping[str, Mapping[LabelKind, tuple[str, ...]]]


class LeftOut(Struct, frozen=True):
    """A concept or a label of the file that did not go into the layer, and why."""

    concept: str
    detail: str


class DraftConcept(Struct, frozen=True):
    """A concept to write: its address, that of the vocabulary's concept, and its labels by language and kind."""

    id: str
    target: str
    key: str
    match: Match
    labels: Labels


class Draft(Struct, frozen=True):
    """A layer before it has a file: its concepts, and what was left out."""

    concepts: tuple[DraftConcept, ...]
    left_out: tuple[LeftOut, ...]


def find_target(scheme: SkosScheme, vocabularies: Mapping[str, Vocabulary]) -> tuple[str, ...]:
    """Name the vocabularies whose concepts a scheme holds or maps to, the one with most of them first."""
    addresses = {_plain(address) for concept in scheme.concepts for address in (concept.id, *concept.exact, *concept.broad)}
    counts = {name: len(addresses & {_plain(address) for address in vocabularies[name].by_identifier}) for name in TARGETS}
    return tuple(sorted((name for name, count in counts.items() if count), key=lambda name: (-counts[name], name)))


def draft_layer(scheme: SkosScheme, vocabulary: Vocabulary, *, untagged: str | None = None) -> Draft:
    """Draft a layer for a vocabulary; ``untagged`` is the language of the labels for which the file names none.

    A concept that is none of the vocabulary's goes by its ``skos:exactMatch``, else its ``skos:broadMatch``, else by the nearest concept
    above it in its own list that has either; where these name several concepts of the vocabulary, it is left out.
    """
    left_out: list[LeftOut] = []
    mapping = _Mapping(scheme, vocabulary)
    concepts = []
    for concept in scheme.concepts:
        labels = _labels(concept, untagged, left_out)
        found = mapping.find(concept)
        if isinstance(found, str):
            left_out.append(LeftOut(concept.id, found))
        elif not labels:
            left_out.append(LeftOut(concept.id, "it has no label that can be read"))
        else:
            match, key = found
            concepts.append(DraftConcept(concept.id, vocabulary.concepts[key].identifier, key, match, labels))
    return Draft(tuple(concepts), tuple(left_out))


class _Mapping:
    def __init__(self, scheme: SkosScheme, vocabulary: Vocabulary) -> None:
        self._concepts = {concept.id: concept for concept in scheme.concepts}
        self._vocabulary = vocabulary
        self._keys = {_plain(concept.identifier): concept.key for concept in vocabulary.concepts.values()}

    def find(self, concept: SkosConcept) -> tuple[Match, str] | str:
        """Give the concept of the vocabulary that a concept is mapped to, or why there is none."""
        if _plain(concept.id) in self._keys:
            return Match.SAME, self._keys[_plain(concept.id)]
        exact = self._named(concept.exact)
        if exact:
            return (Match.EXACT, exact[0]) if len(exact) == 1 else f"skos:exactMatch names several concepts: {', '.join(exact)}"
        level, seen = [concept], {concept.id}
        while level:
            keys = self._narrowest([key for one in level for key in self._above(one, is_start=one is concept)])
            if keys:
                return (Match.BROAD, keys[0]) if len(keys) == 1 else f"it is mapped to several concepts: {', '.join(keys)}"
            names = dict.fromkeys(name for one in level for name in one.broader if name in self._concepts and name not in seen)
            seen.update(names)
            level = [self._concepts[name] for name in names]
        return f"it is mapped to no concept of {self._vocabulary.name}, nor is one above it"

    def _above(self, concept: SkosConcept, *, is_start: bool) -> list[str]:
        if is_start:
            return self._named((*concept.broad, *concept.broader))
        return self._named((concept.id,)) or self._named(concept.exact) or self._named(concept.broad)

    def _named(self, addresses: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(self._keys[_plain(address)] for address in addresses if _plain(address) in self._keys))

    def _narrowest(self, keys: list[str]) -> list[str]:
        """Leave out the concepts that are broader than another of them: they add nothing."""
        broader = {concept.key for key in keys for concept in self._vocabulary.ancestors(key)}
        return [key for key in dict.fromkeys(keys) if key not in broader]


def _labels(concept: SkosConcept, untagged: str | None, left_out: list[LeftOut]) -> Labels:
    labels: dict[str, dict[LabelKind, tuple[str, ...]]] = {}
    for label in concept.labels:
        tag = _standard(label.tag) if label.tag else untagged
        reason = next(_reasons(label.text, label.tag, tag), None)
        if reason or tag is None:
            left_out.append(LeftOut(concept.id, f"{label.text!r}: {reason}"))
            continue
        kinds = labels.setdefault(tag, {})
        # A list may name several preferred labels where SKOS allows one: the first stands.
        kind = LabelKind.ALT if label.kind is LabelKind.PREF and LabelKind.PREF in kinds else label.kind
        kinds[kind] = (*kinds.get(kind, ()), label.text)
    return MappingProxyType(labels)


def _reasons(text: str, stated: str | None, tag: str | None) -> Iterator[str]:
    if tag is None:
        yield f"{stated!r} is no BCP 47 tag" if stated else "the file names no language"
    if "*" in text:
        yield "a label with a star"


def _standard(tag: str) -> str | None:
    try:
        standard = langcodes.standardize_tag(tag[:36])
    except LanguageTagError:
        return None
    return standard if is_tag(standard) else None


def _plain(address: str) -> str:
    """Leave out what differs between spellings of one address: the scheme, and a slash at the end."""
    return address.split("://", 1)[-1].rstrip("/")
