"""``/reconcile/match`` and ``/reconcile/extend``: where the draft of version 1.0 of the reconciliation service API differs from 0.2."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from service.bodies import read_body
from service.documents import parse_json
from service.handlers.reconcile import answer_draft, check_count, match_asked
from service.limits import Limits
from service.reconcile.asking import asked_by_conditions
from service.reconcile.extending import extend, in_order
from service.schemas.base import load
from service.schemas.reconcile import Extend
from service.schemas.reconcile_draft import MatchBatch
from service.state import ENGINE, SETTINGS, WORKERS

_BATCH, _EXTEND = MatchBatch(), Extend()


async def match(request: web.Request) -> web.StreamResponse:
    """Answer a batch of queries, each a list of conditions on the entities."""
    batch = load(_BATCH, await _document(request))
    queries = [asked_by_conditions(query) for query in batch["queries"]]
    texts = sum(len(asked.texts) + len(asked.identifiers) for asked in queries)
    check_count("/queries", max(len(queries), texts), request.app[SETTINGS].values_per_request)
    registry = request.app[ENGINE].registry()
    results = [{"candidates": await match_asked(request, registry, asked)} for asked in queries]
    return answer_draft(request, {"results": results})


async def extend_by_post(request: web.Request) -> web.StreamResponse:
    """Give the values of properties for identifiers."""
    query = load(_EXTEND, await _document(request))
    check_count("/ids", len(query["ids"]), request.app[SETTINGS].values_per_request)
    catalogue = request.app[ENGINE].registry().catalogue
    found = await request.app[WORKERS].run(request.app[SETTINGS].thread_bytes, extend, catalogue, query)
    return answer_draft(request, in_order(found))


async def _document(request: web.Request) -> Any:
    settings = request.app[SETTINGS]
    return parse_json(await read_body(request, settings.values_bytes), Limits.of_values(settings))
