"""Addresses for whoever watches the service."""

from __future__ import annotations

from service.handlers import stats
from service.problems import Kind
from service.routing import Route
from service.schemas import stats as schemas

TAG = "Operations"

ROUTES = (
    Route(
        method="GET",
        path="/v1/stats",
        handler=stats.read_stats,
        operation="readStats",
        tag=TAG,
        summary="Give the figures of the last hours",
        query=schemas.StatsQuery,
        answers=schemas.StatsAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="GET",
        path="/v1/stats/events",
        handler=stats.watch_stats,
        operation="watchStats",
        tag=TAG,
        summary="Send the figures of the last two minutes as they change",
        produces="text/event-stream",
    ),
)
