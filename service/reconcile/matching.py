"""Answers one query: what the registry reads it as comes first, and after it what is merely spelled alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from normalizers import Entity, Registry, Result, Status
from service.reconcile.asking import Asked, Condition
from service.reconcile.manifest import type_of

_READ, _WITHOUT_VERSION, _CANDIDATE, _NEAR = 100.0, 90.0, 70.0, 60.0
"""Scores: read as just this; read, but the version is not stated; allowed by the text; at most, for a name that looks alike."""

_CONTRADICTED = 30.0
_LEAST_LIKENESS = 60.0
_READING = "reading"


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier that may be meant."""

    entity: Entity
    score: float
    certain: bool


def match_query(registry: Registry, asked: Asked) -> tuple[list[dict[str, Any]], list[Result]]:
    """Give the candidates for one query, the best first, and the readings that were made for it."""
    fields = _fields(registry, asked.types)
    known = asked.locale if asked.locale in registry.locales else None
    texts = [text for text in asked.texts if text.strip()]
    readings = [registry.normalize(field, text, locale=known) for text in texts for field in fields]
    found = [item for reading in readings for item in _read(registry, reading)]
    found += [Found(entity, _READ, certain=True) for entity in _named(registry, asked.identifiers, fields)]
    if not any(item.certain for item in found):
        found += [item for text in texts for item in _near(registry, text, fields, asked.limit)]
    if not texts and not asked.identifiers:
        found += _known_as(registry, asked.conditions, fields)
    # Certain only where nothing else is: a text that two types can be read from means either.
    alone = len({(item.entity.field, item.entity.identifier) for item in found if item.certain}) == 1
    unique = {(item.entity.field, item.entity.identifier): item for item in sorted(found, key=lambda item: item.score)}
    answers = (_answer(registry, item, asked.conditions, certain=item.certain and alone) for item in unique.values())
    return sorted(filter(None, answers), key=lambda answer: -answer["score"])[: asked.limit], readings


def _fields(registry: Registry, types: Sequence[str]) -> tuple[str, ...]:
    """Give the fields that are asked for, all where no type is named; a type that is none of ours has no entities."""
    known = registry.catalogue.fields
    return tuple(field for field in known if field in types) if types else known


def _named(registry: Registry, identifiers: Iterable[str], fields: Sequence[str]) -> Iterator[Entity]:
    found = (registry.catalogue.lookup(identifier) for identifier in identifiers)
    return (entity for entity in found if entity is not None and entity.field in fields)


def _known_as(registry: Registry, conditions: Sequence[Condition], fields: Sequence[str]) -> Iterator[Found]:
    """Give the entities of which all that is asked is known, where no name is asked for."""
    for entity in registry.catalogue.of_fields(fields) if conditions else ():
        if all(condition.holds(registry.catalogue.facts(entity, condition.about, "")) for condition in conditions):
            yield Found(entity, _CANDIDATE, certain=False)


def _read(registry: Registry, reading: Result) -> Iterator[Found]:
    certain = reading.status is Status.MATCHED and len(reading.identifiers) == 1
    has_version = reading.license is None or reading.license.uri is not None
    for identifier in reading.identifiers:
        score = _READ if has_version else _WITHOUT_VERSION
        yield Found(_entity(registry, reading.field, identifier), score, certain and has_version)
    for candidate in reading.candidates:
        yield Found(_entity(registry, reading.field, candidate.identifier), _CANDIDATE, certain=False)


def _near(registry: Registry, text: str, fields: Sequence[str], limit: int) -> Iterator[Found]:
    for entity, likeness in registry.catalogue.near(text, fields, limit=limit):
        if likeness >= _LEAST_LIKENESS:
            yield Found(entity, round(likeness * _NEAR / 100, 1), certain=False)


def _entity(registry: Registry, field: str, identifier: str) -> Entity:
    return registry.catalogue.lookup(identifier) or Entity(field, identifier, identifier, {})


def _answer(registry: Registry, found: Found, conditions: Sequence[Condition], *, certain: bool) -> dict[str, Any] | None:
    """Give a candidate with what agrees; None for one of which something that is required does not hold. What is unknown agrees."""
    entity, catalogue = found.entity, registry.catalogue
    held = [(condition, condition.holds(catalogue.facts(entity, condition.about, ""))) for condition in conditions]
    if any(condition.is_required and not holds for condition, holds in held):
        return None
    kind = type_of(entity.field)
    agreed: dict[str, bool] = {}
    for condition, holds in held:
        agreed[condition.about] = agreed.get(condition.about, True) and holds is not False
    names = {about.id: about.name for about in catalogue.properties}
    return {
        "id": entity.identifier,
        "name": entity.name,
        "description": kind["name"],
        "score": max(0.0, found.score - _CONTRADICTED * sum(not agrees for agrees in agreed.values())),
        "match": certain and all(agreed.values()),
        "type": [kind],
        "features": [
            {"id": _READING, "name": "The text was read as this", "value": found.score >= _CANDIDATE},
            *({"id": about, "name": names.get(about, about), "value": agrees} for about, agrees in agreed.items()),
        ],
    }
