"""The server under the application: its timeouts, and problems even for what never becomes a request."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import hdrs, web
from aiohttp.http_exceptions import ContentEncodingError, LineTooLong
from aiohttp.web_protocol import RequestHandler

from service import problems
from service.bodies import unknown_coding
from service.exchange import REQUEST_ID, UNREADABLE, open_exchange
from service.logs import log_error
from service.middleware import SERVER, answer_problem, has_left, observe, report
from service.problems import Kind, ProblemError, malformed
from service.state import LOGGER, METRICS, SETTINGS


class Runner(web.AppRunner):
    """Runs an application of ours so that the answers aiohttp gives by itself are problems too."""

    def __init__(self, app: web.Application) -> None:
        settings = app[SETTINGS]
        super().__init__(
            app,
            access_log=None,
            keepalive_timeout=settings.keepalive_seconds,
            max_line_size=settings.head_line_bytes,
            # One more, so that the error of a line that is too long tells by its limit which of the two it was.
            max_field_size=settings.head_line_bytes + 1,
            shutdown_timeout=_CLEANUP_SECONDS,
        )

    async def _make_server(self) -> web.Server:
        """Put our own protocol in the place of aiohttp's; all else stays as the application made it."""
        made = await super()._make_server()
        return _Server(self.app, made, **self._kwargs)


_CLEANUP_SECONDS = 1.0
"""What is left to aiohttp once nothing is being answered any more: to close what is idle."""


class _Server(web.Server):
    def __init__(self, app: web.Application, made: web.Server, **options: Any) -> None:
        super().__init__(observe(app, made.request_handler), request_factory=made.request_factory, **options)
        self._app = app

    def __call__(self) -> RequestHandler:
        return _Protocol(self._app, self, loop=asyncio.get_running_loop(), **self._kwargs)


class _Protocol(RequestHandler):
    """One connection."""

    __slots__ = ("_app",)

    def __init__(self, app: web.Application, manager: web.Server, **options: Any) -> None:
        super().__init__(manager, **options)
        self._app = app

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer what could not be parsed as a request, or failed outside of every handler."""
        del message  # it quotes what came in
        if isinstance(exc, ConnectionError) and has_left(request):
            raise exc
        exchange = open_exchange(request, self._app[METRICS].tally)
        problem = self._problem(status, exc)
        if problem.kind is Kind.INTERNAL and exc is not None:
            log_error(self._app[LOGGER], "failed", exc, request_id=exchange.request_id, route=UNREADABLE)
        if request.writer.output_size > 0:
            raise ConnectionError("an answer has begun, no other can follow")
        response = answer_problem(problem, exchange)
        response.headers[REQUEST_ID] = exchange.request_id
        response.headers[hdrs.SERVER] = SERVER
        response.force_close()
        report(request, self._app, exchange, response.status, UNREADABLE)
        return response

    def _problem(self, status: int, exc: BaseException | None) -> ProblemError:
        if isinstance(exc, LineTooLong):
            longest = self.max_line_size
            kind = Kind.ADDRESS_TOO_LONG if exc.args[1] == longest else Kind.HEADER_TOO_LARGE
            return ProblemError(kind, f"At most {longest:,} bytes are read in one line. Longer texts go into the body of a POST.")
        if isinstance(exc, ContentEncodingError):
            # A coding that aiohttp knows and has no library for, Brotli: it says so before there is a request.
            return unknown_coding()
        if status == Kind.MALFORMED.status:
            return malformed("What came is no HTTP request.")
        return problems.from_status(status)
