"""One row of the table of addresses, and how a table becomes a router."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from aiohttp import hdrs, web
from marshmallow import Schema

from service.admission import GATE, Gate, scope_of
from service.answers import JSON
from service.bodies import check_declared
from service.codings import compress_answer
from service.deprecation import DEPRECATION, Deprecation
from service.exchange import EXCHANGE
from service.keys import Scope
from service.overload import Load
from service.problems import Kind, ProblemError
from service.settings import Settings
from service.state import SETTINGS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Check = Callable[[web.Request], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address and method; the router, the documentation and the tests are made from it.

    Attributes:
        operation: Name of the operation, for programs that are made from ``/openapi.json``.
        tag: The group that the operation is shown in.
        answers: Schema of the answer, or of one line of it; none where it is no JSON.
        also_produces: Other media types of the answer, for a client that asks for them.
        takes: Schema of the body, or of one line of it; none where the library reads it.
        takes_file: Whether a body of any type but JSON is a file, in any format.
        query: Schema of what follows the question mark.
        variables: Schema of what stands in braces in the path.
        tagged: Whether the answer has an ETag, and ``If-None-Match`` is heeded.
        listed: Whether it is part of the contract; a page and its styles are not.
        open_to_origins: Whether pages of any origin may ask from a browser.
        limit: The setting that bounds the body as a whole. A stream has none, its lines do.
        problems: What only this address answers with; what any address may answer need not be said.
        example: For each type of body one that is answered.
    """

    method: str
    path: str
    handler: Handler
    operation: str
    tag: str
    summary: str
    answers: type[Schema] | None = None
    status: int = HTTPStatus.OK.value
    produces: str = JSON
    also_produces: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    takes: type[Schema] | None = None
    takes_file: bool = False
    query: type[Schema] | None = None
    variables: type[Schema] | None = None
    tagged: bool = False
    listed: bool = True
    open_to_origins: bool = False
    limit: str | None = None
    problems: tuple[Kind, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    deprecated: Deprecation | None = None


def add_routes(app: web.Application, routes: Iterable[Route]) -> None:
    """Put every route of a table at its address; what can be read can also be asked for by HEAD."""
    for route in routes:
        check = _build_check(route, app[SETTINGS])
        handler = _build_entrance(route, app[GATE], check)
        if route.method == hdrs.METH_GET:
            app.router.add_get(route.path, handler)
        else:
            app.router.add_route(route.method, route.path, handler, expect_handler=partial(_expect, check))


def _build_check(route: Route, settings: Settings) -> Check:
    """Make what refuses a body by its headers."""
    limit = getattr(settings, route.limit) if route.limit else None
    return partial(check_declared, accepted=route.accepts, limit=limit)


def _build_entrance(route: Route, gate: Gate, check: Check) -> Handler:
    """Put before a handler what its requests must pass. What depends on the route alone is decided here, once."""
    scope, answer = scope_of(route.tag), _build_answer(route, gate.load)

    async def enter(request: web.Request) -> web.StreamResponse:
        if route.deprecated is not None:
            request[DEPRECATION] = route.deprecated
        if scope is not None:
            gate.admit(request, scope)
        if route.accepts:
            check(request)
        return await answer(request)

    return enter


def _build_answer(route: Route, load: Load) -> Handler:
    """Put around a handler what its answers need: that they are compressed, and that their work is counted."""
    scope, handler = scope_of(route.tag), route.handler
    if scope is None or (route.limit is None and route.accepts):
        # A stream or an upload gives way by itself, and lasts as long as its client likes.
        return handler

    async def answer_waiting(request: web.Request) -> web.StreamResponse:
        """These wait for the store, for files or, as events, for news: they last long, and hold up nobody."""
        return await compress_answer(request, await handler(request))

    async def answer_working(request: web.Request) -> web.StreamResponse:
        work = request[EXCHANGE].work = load.begin(is_whole=not request.can_read_body)
        try:
            return await compress_answer(request, await handler(request))
        finally:
            load.end(work)

    # Readings take the processor for as long as they last, so that others wait for them.
    return answer_working if scope is Scope.NORMALIZE else answer_waiting


async def _expect(check: Check, request: web.Request) -> None:
    """Tell a client that asks first to go on, unless its body would be refused: then the refusal is the answer."""
    try:
        check(request)
    except ProblemError:
        return
    if request.version >= (1, 1):
        await request.writer.write(f"HTTP/1.1 {HTTPStatus.CONTINUE.value} {HTTPStatus.CONTINUE.phrase}\r\n\r\n".encode())
        # aiohttp takes an answer for begun once anything was written; this was not the answer.
        request.writer.output_size = 0
