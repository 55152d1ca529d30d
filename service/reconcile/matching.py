"""Answers one query: what the registry reads it as comes first, and after it what is merely spelled alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from normalizers import Entity, Registry, Result, Status
from service.reconcile.manifest import LOCALE, type_of

_READ, _WITHOUT_VERSION, _CANDIDATE, _NEAR = 100.0, 90.0, 70.0, 60.0
"""Scores: read as just this; read, but the version is not stated; allowed by the text; at most, for a name that looks alike."""

_CONTRADICTED = 30.0
_LEAST_LIKENESS = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier that may be meant."""

    entity: Entity
    score: float
    certain: bool


def match_query(registry: Registry, query: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[Result]]:
    """Give the candidates for one query, the best first, and the readings that were made for it."""
    fields = _fields(registry, query["type"])
    hints = {item["pid"]: item["v"] for item in query["properties"]}
    locale = hints.pop(LOCALE, None)
    known = locale if isinstance(locale, str) and locale in registry.locales else None
    readings = [registry.normalize(field, query["query"], locale=known) for field in fields] if query["query"].strip() else []
    found = [item for reading in readings for item in _read(registry, reading)]
    if not any(item.certain for item in found):
        found += _near(registry, query["query"], fields, query["limit"])
    # Certain only where nothing else is: a text that two types can be read from means either.
    alone = sum(item.certain for item in found) == 1
    unique = {(item.entity.field, item.entity.identifier): item for item in sorted(found, key=lambda item: item.score)}
    answers = [_answer(registry, item, hints, certain=item.certain and alone) for item in unique.values()]
    return sorted(answers, key=lambda answer: -answer["score"])[: query["limit"]], readings


def _fields(registry: Registry, types: Sequence[str]) -> tuple[str, ...]:
    """Give the fields that are asked for, all where no type is named; a type that is none of ours has no entities."""
    known = registry.catalogue.fields
    return tuple(field for field in known if field in types) if types else known


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


def _answer(registry: Registry, found: Found, hints: Mapping[str, Any], *, certain: bool) -> dict[str, Any]:
    entity = found.entity
    agreed = {pid: _agrees(registry, entity, pid, value) for pid, value in hints.items()}
    kind = type_of(entity.field)
    return {
        "id": entity.identifier,
        "name": entity.name,
        "description": kind["name"],
        "score": max(0.0, found.score - _CONTRADICTED * sum(not agrees for agrees in agreed.values())),
        "match": certain and all(agreed.values()),
        "type": [kind],
        "features": [{"id": "reading", "value": found.score >= _CANDIDATE}, *({"id": pid, "value": yes} for pid, yes in agreed.items())],
    }


def _agrees(registry: Registry, entity: Entity, pid: str, value: Any) -> bool:
    """Tell whether what is known of an entity is among the values that the client has for it; what is unknown agrees."""
    given = value if isinstance(value, list) else [value]
    texts = {str(item.get("id", item.get("name", "")) if isinstance(item, dict) else item).casefold() for item in given}
    known = registry.catalogue.facts(entity, pid, "")
    return not known or not texts or any(fact.casefold() in texts for fact in known)
