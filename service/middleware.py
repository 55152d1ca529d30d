"""What surrounds every handler: a request id, errors turned into problems, one log line and the metrics."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import hdrs, web

from service import cross_origin, problems
from service.deprecation import DEPRECATION
from service.exchange import EXCHANGE, REQUEST_ID, Exchange, method_of, open_exchange, route_of
from service.logs import log_error
from service.problems import Kind, ProblemError
from service.state import ENGINE, LOGGER, METRICS, TERMS, TRACING
from service.store import StoreUnavailableError
from service.tally import Answered

Handler = Callable[[Any], Awaitable[web.StreamResponse]]
"""Of a request; aiohttp's server hands over any kind of it, and our application makes one."""

SERVER = "drets"
SOURCE = "X-Source"
"""Header in which a client may name the repository that its records come from."""

_SOURCE = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_KINDS = {"/v1/normalize": "normalize", "/v1/normalize/stream": "stream"}
TRACE_PARENT = "traceparent"
CLIENT_LEFT = 499
"""What is logged for a request whose client was gone before the answer; nobody receives it."""


def observe(app: web.Application, handle: Handler) -> Handler:
    """Surround what answers requests: one is answered whatever its handler does or aiohttp refuses, and leaves one line."""
    engine, tally = app[ENGINE], app[METRICS].tally

    async def handle_observed(request: web.Request) -> web.StreamResponse:
        exchange = request[EXCHANGE] = open_exchange(request, tally)
        engine.active += 1
        status = CLIENT_LEFT
        try:
            response = await _answer(request, app, handle, exchange)
            status = response.status
        finally:
            engine.active -= 1
            report(request, app, exchange, status)
        return response

    return handle_observed


async def finish_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add what every answer carries; a service that stops also asks the client to open its next connection elsewhere."""
    headers = response.headers
    headers[hdrs.SERVER] = SERVER
    # Answers quote what clients sent; no browser may take one for a page.
    headers["X-Content-Type-Options"] = "nosniff"
    headers[REQUEST_ID] = request[EXCHANGE].request_id
    deprecation = request.get(DEPRECATION)
    if deprecation is not None:
        headers.extend(deprecation.headers())
    cross_origin.add_headers(request, response)
    if request.app[ENGINE].draining:
        headers[hdrs.CONNECTION] = "close"
    if headers.get(hdrs.CONNECTION) == "close":
        response.force_close()


async def _answer(request: web.Request, app: web.Application, handle: Handler, exchange: Exchange) -> web.StreamResponse:
    try:
        return await handle(request)
    except ProblemError as problem:
        return answer_problem(problem, exchange)
    except web.HTTPException as refusal:
        return _refused(request, refusal, exchange)
    except StoreUnavailableError as absence:
        log_error(app[LOGGER], "store unreachable", absence, request_id=exchange.request_id, route=route_of(request))
        return answer_problem(problems.store_unreachable(), exchange)
    except Exception as error:
        if isinstance(error, ConnectionError) and has_left(request):
            raise
        log_error(app[LOGGER], "failed", error, request_id=exchange.request_id, route=route_of(request))
        return answer_problem(problems.internal(), exchange)


def has_left(request: web.BaseRequest) -> bool:
    """Tell whether the client is gone, so that no answer can reach it."""
    return request.transport is None or request.transport.is_closing()


def answer_problem(problem: ProblemError, exchange: Exchange) -> web.Response:
    """Answer with a problem, and note its kind for the log."""
    exchange.problem = problem.kind.slug
    return problems.response(problem, exchange.request_id)


def _refused(request: web.Request, refusal: web.HTTPException, exchange: Exchange) -> web.Response:
    """Answer what no handler took. OPTIONS is answered with the methods that would be (RFC 9110 section 9.3.7)."""
    problem = problems.from_http_exception(refusal)
    if problem.kind is Kind.METHOD_NOT_ALLOWED and request.method == hdrs.METH_OPTIONS:
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=problem.headers)
    return answer_problem(problem, exchange)


def note_terms(request: web.BaseRequest, app: web.Application, exchange: Exchange, route: str) -> None:
    """Have what stayed unresolved counted, by where it came from: what the client says, or else the kind of request."""
    if exchange.terms:
        told = request.headers.get(SOURCE, "")
        app[TERMS].note(told if _SOURCE.fullmatch(told) else _KINDS.get(route, "values"), exchange.terms)
        exchange.terms = {}


def report(request: web.BaseRequest, app: web.Application, exchange: Exchange, status: int, route: str | None = None) -> None:
    """Write the one line about a request, and count it."""
    answered = Answered(method_of(request), route or route_of(request), status, exchange.seconds(), exchange.items, exchange.problem)
    told = {
        "request_id": exchange.request_id,
        "method": answered.method,
        "route": answered.route,
        "status": status,
        "duration_ms": int(answered.seconds * 1_000_000) / 1_000,
        "received": exchange.received,
        "items": exchange.items,
        "outcomes": exchange.outcomes,
    }
    seldom = {
        "problem": exchange.problem,
        "key": exchange.key,
        "faults": exchange.faults,
        "trace": _trace(request, app, answered),
    }
    told.update({name: member for name, member in seldom.items() if member})
    app[LOGGER].info("request", **told)
    metrics = app[METRICS]
    metrics.note_request(answered)
    metrics.share()
    note_terms(request, app, exchange, answered.route)


def _trace(request: web.BaseRequest, app: web.Application, answered: Answered) -> str | None:
    """Make the span of a request where traces are sent, and give the id of its trace for the log."""
    tracing = app.get(TRACING)
    return None if tracing is None else tracing.note(answered, request.headers.get(TRACE_PARENT, ""))
