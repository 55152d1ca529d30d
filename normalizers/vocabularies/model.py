"""A vocabulary as the readers see it: concepts by key, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from normalizers.results import VocabularyStamp


class Concept(Struct, frozen=True):
    """One entry of a vocabulary.

    ``key`` is how data files name it (``research article``); ``identifier`` is what answers carry; ``broader`` holds keys
    of the same vocabulary; ``properties`` what only this vocabulary says of its concepts, as strings.
    """

    key: str
    identifier: str
    broader: tuple[str, ...] = ()
    properties: Mapping[str, str] = MappingProxyType({})


class Vocabulary(Struct, frozen=True, dict=True):
    """A named and versioned list of concepts, in the order of its file."""

    name: str
    version: str
    title: str
    source: str
    license: str
    concepts: Mapping[str, Concept]

    @cached_property
    def stamp(self) -> VocabularyStamp:
        """Name and version, as answers carry them."""
        return VocabularyStamp(self.name, self.version)

    @cached_property
    def by_identifier(self) -> Mapping[str, Concept]:
        """Concepts by their canonical identifier."""
        return MappingProxyType({concept.identifier: concept for concept in self.concepts.values()})

    @cached_property
    def codes(self) -> frozenset[str]:
        """The last part of each identifier, in small letters."""
        return frozenset(concept.identifier.rsplit("/", 1)[-1].casefold() for concept in self.concepts.values())

    def ancestors(self, key: str) -> tuple[Concept, ...]:
        """All broader concepts of a concept, nearest first, each once."""
        found: dict[str, Concept] = {}
        waiting = list(self.concepts[key].broader)
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = self.concepts[name]
                waiting.extend(found[name].broader)
        return tuple(found.values())
