"""Looks entities up by identifier, and finds those whose names in any language are near a text. Immutable, safe to share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct
from rapidfuzz import fuzz, process

from normalizers.entities.concepts import FIELDS, list_concepts
from normalizers.entities.model import Entity, Property
from normalizers.entities.tongues import FIELD, language_entity, language_name, list_languages, names_in
from normalizers.folding import fold_key
from normalizers.localedata import LabelKind, Locale
from normalizers.vocabularies import Vocabulary

Labels = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By identifier and tag of the locale, the shown labels; the first is the name."""

_SECTIONS = {name: field if field == "peer_review" else field + "s" for name, field in FIELDS.items()}
_STEM = "*"
_CODED = "rights-statements"
_REFERENCE = "en"
"""The language of the names by which entities are known, that of the vocabularies themselves."""
ENTITY_FIELDS = (FIELD, "resource_type", "license", "access_right", "version", "rights_statement", "peer_review")


class Catalogue:
    """All entities of the fields that are answered by a closed list."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary], labels: Labels) -> None:
        self.fields = ENTITY_FIELDS
        self._vocabularies = vocabularies
        self._labels = labels

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """What is known of entities: their names, how they hang together, and what other schemes call them."""
        schemes = self._vocabularies["type-crosswalks"].concepts
        return (
            Property("label", "Name in a language", self.fields, by_locale=True),
            Property("spdx", "SPDX identifier", ("license",)),
            Property("version", "Version of the license", ("license",)),
            Property("jurisdiction", "Jurisdiction it was ported to", ("license",)),
            Property("family", "Family of the license", ("license",)),
            Property("definition", "Source of COAR's definition", ("resource_type",)),
            Property("broader", "Broader type", ("resource_type",), names_entities=True),
            *(Property(key, concept.properties["title"], ("resource_type",)) for key, concept in schemes.items()),
            Property("acronym", "Acronym", ("version",)),
            Property("bibo", "Term of BIBO", ("peer_review",)),
            Property("iso639-3", "ISO 639-3 code", (FIELD,)),
        )

    def lookup(self, identifier: str) -> Entity | None:
        """Give the entity of an identifier; that of a language may be any tag."""
        return self._entities.get(identifier) or language_entity(identifier)

    def label(self, entity: Entity, locale: str) -> str | None:
        """Name an entity in a language, or in the language without territory; None where there is no such name."""
        if entity.field == FIELD:
            return language_name(entity.identifier, locale)
        named = self._labels.get(entity.identifier, {})
        found = named.get(locale) or named.get(locale.partition("-")[0])
        return found[0] if found else None

    def facts(self, entity: Entity, about: str, locale: str) -> tuple[str, ...]:
        """Give what is known of an entity under a property. What has a name in no language, as a license, is called by its own."""
        if about != "label":
            return entity.facts.get(about, ())
        is_named = entity.field == FIELD or entity.identifier in self._labels
        label = self.label(entity, locale) if is_named else entity.name
        return () if label is None else (label,)

    def broader(self, entity: Entity) -> list[Entity]:
        """Give the entities right above one: the broader types of a type, the family of a license."""
        above = (*entity.facts.get("broader", ()), *entity.facts.get("family", ()))
        return [self._entities[each] for each in above if each != entity.identifier and each in self._entities]

    def narrower(self, entity: Entity) -> tuple[Entity, ...]:
        """Give the entities right below one, in the order of their vocabulary."""
        return self._narrower.get(entity.identifier, ())

    def highest(self, field: str) -> Iterator[Entity]:
        """Yield the entities of a field that are below no other, in the order of their vocabulary."""
        return (entity for entity in self.of_fields((field,)) if not self.broader(entity))

    def of_fields(self, fields: Iterable[str]) -> Iterator[Entity]:
        """Yield the entities of some fields."""
        wanted = set(fields)
        return (entity for entity in self._entities.values() if entity.field in wanted)

    def near(self, text: str, fields: Iterable[str], *, limit: int) -> list[tuple[Entity, float]]:
        """Find the entities whose names are nearest to a text, the nearest first, each with its likeness from 0 to 100."""
        key = fold_key(text)
        wanted = set(fields)
        found: dict[str, tuple[Entity, float]] = {}
        for field in self.fields:
            if field not in wanted or not key:
                continue
            names = self._names[field]
            # More than asked for, since several names are of one entity.
            for _, score, place in process.extract(key, names.keys, scorer=fuzz.token_sort_ratio, limit=limit * 4):
                entity = names.entities[place]
                exact = min(100.0, score + _closeness(key, names.keys[place]))
                if entity.identifier not in found or found[entity.identifier][1] < exact:
                    found[entity.identifier] = (entity, exact)
        return sorted(found.values(), key=lambda pair: -pair[1])[:limit]

    def starting(self, prefix: str, fields: Iterable[str], *, limit: int, locale: str = _REFERENCE) -> list[Entity]:
        """Find the entities that have a name or identifier with a beginning, the shortest names first, then those that are near it.

        Languages are found by their English names, and by those in the language of ``locale``.
        """
        key = fold_key(prefix)
        wanted = [field for field in self.fields if field in set(fields)]
        begun = [
            (len(name), entity)
            for field in wanted
            for name, entity in zip(self._names[field].keys, self._names[field].entities, strict=True)
            if name.startswith(key) or entity.identifier.startswith(prefix)
        ]
        if FIELD in wanted and locale != _REFERENCE:
            begun += list(self._languages_starting(key, locale))
        ordered = [entity for _, entity in sorted(begun, key=lambda pair: pair[0])]
        if len(ordered) < limit:
            ordered += [entity for entity, _ in self.near(prefix, wanted, limit=limit)]
        return list({entity.identifier: entity for entity in ordered}.values())[:limit]

    def _languages_starting(self, key: str, locale: str) -> Iterator[tuple[int, Entity]]:
        for tag, name in names_in(locale).items():
            folded = fold_key(name)
            if folded.startswith(key) and (entity := self._entities.get(tag)):
                yield len(folded), entity

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        names = {identifier: by_locale[_REFERENCE][0] for identifier, by_locale in self._labels.items() if _REFERENCE in by_locale}
        # Only where the key is a code: the keys of the others are the names that their publishers gave them.
        coded = {identifier: name for identifier, name in names.items() if identifier in self._vocabularies[_CODED].by_identifier}
        listed = (*list_languages(), *list_concepts(self._vocabularies, coded))
        return MappingProxyType({entity.identifier: entity for entity in listed})

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[Entity, ...]]:
        below: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._entities.values():
            for above in self.broader(entity):
                below[above.identifier].append(entity)
        return MappingProxyType({identifier: tuple(found) for identifier, found in below.items()})

    @cached_property
    def _names(self) -> Mapping[str, _Names]:
        keys: dict[str, list[str]] = defaultdict(list)
        entities: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._entities.values():
            for name in dict.fromkeys(fold_key(name) for name in self._all_names(entity)):
                keys[entity.field].append(name)
                entities[entity.field].append(entity)
        return MappingProxyType({field: _Names(tuple(keys[field]), tuple(entities[field])) for field in self.fields})

    def _all_names(self, entity: Entity) -> Iterator[str]:
        yield entity.name
        for labels in self._labels.get(entity.identifier, {}).values():
            yield from labels
        yield from entity.facts.get("spdx", ())


class _Names(Struct, frozen=True):
    """The folded names of the entities of a field, and the entity of each in the same place."""

    keys: tuple[str, ...]
    entities: tuple[Entity, ...]


def build_catalogue(vocabularies: Mapping[str, Vocabulary], locales: Mapping[str, Locale]) -> Catalogue:
    """Make the catalogue of the vocabularies, with the labels that the locales show."""
    labels: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, section in _SECTIONS.items():
        for tag, locale in locales.items():
            for key, found in locale.sections.get(section, {}).items():
                shown = [label for label in found if label.kind is not LabelKind.HIDDEN and _STEM not in label.text]
                ordered = sorted(shown, key=lambda label: label.kind is not LabelKind.PREF)
                if ordered and key in vocabularies[name].concepts:
                    labels[vocabularies[name].concepts[key].identifier][tag] = tuple(label.text for label in ordered)
    return Catalogue(vocabularies, MappingProxyType(dict(labels)))


def _closeness(key: str, name: str) -> float:
    """Prefer, among names that are equally like a text, the one of its length."""
    return -min(5.0, abs(len(key) - len(name)) * 0.1)
