"""``/v1/concepts``: what a field can be answered with, by name in any language and by its hierarchy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import islice
from typing import Any

from aiohttp import web

from normalizers import Catalogue, Entity, Registry
from service.answers import answer_json
from service.queries import read_query
from service.schemas.concepts import ConceptsQuery
from service.state import ENGINE
from service.terms.decisions import check_identifier

_QUERY = ConceptsQuery()


async def list_concepts(request: web.Request) -> web.StreamResponse:
    """List concepts; to look for a name among thousands takes milliseconds, so it is done aside."""
    return answer_json(await asyncio.to_thread(_answer, request.app[ENGINE].registry(), read_query(request, _QUERY)))


def _answer(registry: Registry, query: dict[str, Any]) -> dict[str, Any]:
    found = islice(_find(registry.catalogue, query), query["limit"])
    return {"concepts": [_describe(registry, entity, query["locale"]) for entity in found]}


def _find(catalogue: Catalogue, query: dict[str, Any]) -> Iterable[Entity]:
    field = query["field"]
    for way in ("identifier", "below"):
        if way in query:
            entity = catalogue.lookup(query[way])
            if entity is None or entity.field != field:
                return ()
            return (entity,) if way == "identifier" else catalogue.narrower(entity)
    if query.get("q", "").strip():
        return catalogue.starting(query["q"].strip(), [field], limit=query["limit"], locale=query["locale"])
    return catalogue.highest(field)


def _describe(registry: Registry, entity: Entity, locale: str) -> dict[str, Any]:
    catalogue = registry.catalogue
    path: list[Entity] = []
    # A type may be below several; one way is enough to tell where it stands.
    while above := [each for each in catalogue.broader(path[0] if path else entity) if each not in path]:
        path.insert(0, above[0])
    named = [_name(catalogue, each, locale) for each in path]
    # A family may only gather what is below it: CC0 is one tool, and Apache without a version is no license that a text can state.
    can_be_decided = check_identifier(registry, entity.field, entity.identifier) is None
    return {**_name(catalogue, entity, locale), "path": named, "narrower": len(catalogue.narrower(entity)), "decidable": can_be_decided}


def _name(catalogue: Catalogue, entity: Entity, locale: str) -> dict[str, str]:
    return {"identifier": entity.identifier, "label": catalogue.label(entity, locale) or entity.name}
