"""The application: everything is wired here, and nothing happens when this is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from normalizers import Registry
from service import lifespan
from service.admission import GATE, Gate
from service.cross_origin import OPEN_PATHS
from service.handlers.contract import CONTRACT
from service.logs import build_logger
from service.metrics import Metrics
from service.middleware import finish_headers
from service.openapi import Contract
from service.pages import add_pages
from service.routes import ROUTES
from service.routing import Route, add_routes
from service.settings import Settings
from service.state import ENGINE, LOGGER, METRICS, SETTINGS, WATCHERS, WORKERS, Engine
from service.workers import Workers


def create_app(
    settings: Settings,
    registry: Registry | None = None,
    *,
    logger: FilteringBoundLogger | None = None,
    routes: Iterable[Route] = ROUTES,
) -> web.Application:
    """Build the application.

    Args:
        settings: What it may do and how much of it.
        registry: The language data to read with. Where there is none, it is loaded after the start, and until then
            ``/readyz`` and every reading answer 503.
        logger: Where the log goes; by default to standard error.
        routes: The addresses that it answers at.
    """
    app = web.Application()
    app[SETTINGS] = settings
    app[ENGINE] = Engine(registry)
    app[LOGGER] = logger or build_logger(settings, sys.stderr)
    app[METRICS] = Metrics()
    app[GATE] = Gate(settings)
    app[WATCHERS] = set()
    app[WORKERS] = Workers(threads=settings.threads, threshold=settings.thread_bytes, turn=settings.turn_milliseconds / 1000)
    app.on_response_prepare.append(finish_headers)
    app.cleanup_ctx.extend(lifespan.IN_ORDER)
    table = tuple(routes)
    app[CONTRACT] = Contract(table, settings)
    app[OPEN_PATHS] = frozenset(route.path for route in table if route.open_to_origins)
    add_routes(app, table)
    add_pages(app)
    return app
