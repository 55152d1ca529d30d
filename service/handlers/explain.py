"""``/v1/explain``: one text, its result, and for rights the clauses that led to it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from normalizers import Registry, Result
from service.answers import answer_json
from service.bodies import read_body
from service.documents import parse_json
from service.exchange import EXCHANGE
from service.handlers.values import unknown_field
from service.limits import Limits
from service.problems import Fault, invalid
from service.schemas.base import load
from service.schemas.values import ExplainRequest
from service.state import ENGINE, SETTINGS, WORKERS

_REQUEST = ExplainRequest()


async def explain(request: web.Request) -> web.StreamResponse:
    """Read one text as one field, and answer with the way to the answer."""
    registry, settings = request.app[ENGINE].registry(), request.app[SETTINGS]
    body = await read_body(request, settings.values_bytes)
    explanation, result = await request.app[WORKERS].run(len(body), _explain, registry, body, Limits.of_values(settings))
    request[EXCHANGE].items += 1
    request[EXCHANGE].note_result(result)
    return answer_json(explanation)


def _explain(registry: Registry, body: bytes, limits: Limits) -> tuple[dict[str, Any], Result]:
    asked = load(_REQUEST, parse_json(body, limits))
    if asked["field"] not in registry.fields:
        raise invalid(Fault("/field", unknown_field(registry.fields)))
    field, text, locale = asked["field"], asked["text"], asked.get("locale")
    return registry.explain(field, text, locale=locale), registry.normalize(field, text, locale=locale)
