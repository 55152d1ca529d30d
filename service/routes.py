"""The table of all addresses: what each takes, what it answers, and who answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from aiohttp import hdrs, web
from marshmallow import Schema

from service.answers import JSON, NDJSON
from service.bodies import check_declared
from service.handlers import catalogue, normalize, operations, stream, values
from service.problems import ProblemError
from service.schemas import operations as about
from service.schemas import records as record_schemas
from service.schemas import values as value_schemas
from service.state import SETTINGS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NDJSON_NAMES = (NDJSON, "application/ndjson", "application/jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address and method.

    ``limit`` names the setting that bounds the body as a whole; a stream has none, its lines do. ``takes`` and ``answers`` are
    schemas of a body, or of one line of it; ``query`` is the schema of what follows the question mark.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    answers: type[Schema] | None = None
    produces: str = JSON
    accepts: tuple[str, ...] = ()
    takes: type[Schema] | None = None
    query: type[Schema] | None = None
    limit: str | None = None


ROUTES = (
    Route(
        method="POST",
        path="/v1/normalize",
        handler=normalize.normalize,
        summary="Normalize one record",
        accepts=(JSON, normalize.PAGE),
        limit="record_bytes",
        answers=record_schemas.RecordAnswer,
    ),
    Route(
        method="POST",
        path="/v1/normalize/stream",
        handler=stream.normalize_stream,
        summary="Normalize a stream of records, one a line",
        accepts=NDJSON_NAMES,
        produces=NDJSON,
        answers=record_schemas.RecordAnswer,
    ),
    Route(
        method="POST",
        path="/v1/values",
        handler=values.read_values,
        summary="Read values",
        accepts=(JSON,),
        limit="values_bytes",
        takes=value_schemas.ValuesRequest,
        answers=value_schemas.ValuesAnswer,
    ),
    Route(
        method="GET",
        path="/v1/values/{field}",
        handler=values.read_value,
        summary="Read one value",
        query=value_schemas.ValueQuery,
        answers=value_schemas.Result,
    ),
    Route(
        method="GET",
        path="/v1/vocabularies",
        handler=catalogue.list_vocabularies,
        summary="List the vocabularies",
        answers=about.VocabulariesAnswer,
    ),
    Route(
        method="GET",
        path="/v1/locales",
        handler=catalogue.list_locales,
        summary="List the locales",
        answers=about.LocalesAnswer,
    ),
    Route(
        method="GET",
        path="/healthz",
        handler=operations.healthz,
        summary="Say whether the process lives",
        produces=operations.HEALTH,
        answers=about.Health,
    ),
    Route(
        method="GET",
        path="/readyz",
        handler=operations.readyz,
        summary="Say whether the service is ready",
        produces=operations.HEALTH,
        answers=about.Health,
    ),
    Route(
        method="GET",
        path="/metrics",
        handler=operations.metrics,
        summary="Give the figures for Prometheus",
        produces="text/plain",
    ),
)


def add_routes(app: web.Application) -> None:
    """Put every route of the table at its address; what can be read can also be asked for by HEAD."""
    for route in ROUTES:
        handler = partial(_enter, route) if route.accepts else route.handler
        if route.method == hdrs.METH_GET:
            app.router.add_get(route.path, handler)
        else:
            app.router.add_route(route.method, route.path, handler, expect_handler=partial(_expect, route))


async def _enter(route: Route, request: web.Request) -> web.StreamResponse:
    _check(route, request)
    return await route.handler(request)


async def _expect(route: Route, request: web.Request) -> None:
    """Tell a client that asks first to go on, unless its body would be refused: then the refusal is the answer."""
    try:
        _check(route, request)
    except ProblemError:
        return
    if request.version >= (1, 1):
        await request.writer.write(f"HTTP/1.1 {HTTPStatus.CONTINUE.value} {HTTPStatus.CONTINUE.phrase}\r\n\r\n".encode())
        # aiohttp takes an answer for begun once anything was written; this was not the answer.
        request.writer.output_size = 0


def _check(route: Route, request: web.Request) -> None:
    limit = getattr(request.app[SETTINGS], route.limit) if route.limit else None
    check_declared(request, route.accepts, limit)
