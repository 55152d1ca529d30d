"""Answers data extension queries: what is known of identifiers, property by property."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normalizers import Catalogue, Entity, Property
from service.reconcile.manifest import DEFAULT_LOCALE, LOCALE, type_of


def extend(catalogue: Catalogue, query: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of the properties for each identifier; an unknown identifier has none (specification, section 7)."""
    known = {about.id: about for about in catalogue.properties}
    entities = {identifier: catalogue.lookup(identifier) for identifier in query["ids"]}
    meta = [_meta(known.get(asked["id"]), asked["id"]) for asked in query["properties"]]
    rows = {
        identifier: {asked["id"]: _values(catalogue, entity, known.get(asked["id"]), asked["settings"]) for asked in query["properties"]}
        for identifier, entity in entities.items()
    }
    return {"meta": meta, "rows": rows}


def in_order(extended: Mapping[str, Any]) -> dict[str, Any]:
    """Write the same rows as arrays, as the draft of version 1.0 does."""
    rows = [
        {"id": identifier, "properties": [{"id": about, "values": values} for about, values in row.items()]}
        for identifier, row in extended["rows"].items()
    ]
    return {**extended, "rows": rows}


def _meta(about: Property | None, asked: str) -> dict[str, Any]:
    if about is None:
        return {"id": asked, "name": asked}
    meta: dict[str, Any] = {"id": about.id, "name": about.name}
    return {**meta, "type": type_of(about.fields[0])} if about.names_entities else meta


def _values(catalogue: Catalogue, entity: Entity | None, about: Property | None, settings: Mapping[str, Any]) -> list[dict[str, str]]:
    if entity is None or about is None:
        return []
    locale = settings.get(LOCALE) or DEFAULT_LOCALE
    values = catalogue.facts(entity, about.id, str(locale))
    if not about.names_entities:
        return [{"str": value} for value in values]
    return [{"id": value, "name": named.name} for value in values if (named := catalogue.lookup(value)) is not None]
