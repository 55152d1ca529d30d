"""``/v1/stats``: what the service did, over time and as it happens."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from aiohttp import web
from aiohttp_sse import sse_response

from service.answers import answer_json
from service.history import read_series
from service.history.series import step_for
from service.history.table import STEP
from service.queries import read_query
from service.schemas.stats import StatsQuery
from service.state import ENGINE, SETTINGS, STORE
from service.store import StoreUnavailableError, now

_HOUR = 3600
_QUERY = StatsQuery()


async def read_stats(request: web.Request) -> web.StreamResponse:
    """Give the figures of the last hours, in at most some hundred steps."""
    seconds = read_query(request, _QUERY)["hours"] * _HOUR
    return answer_json(await _stats(request, since=int(now()) - seconds, step=step_for(seconds)))


async def watch_stats(request: web.Request) -> web.StreamResponse:
    """Send the last two minutes again every few seconds, until the client goes or the service stops."""
    every = request.app[SETTINGS].history_seconds
    async with sse_response(request) as response:
        while response.is_connected() and not request.app[ENGINE].draining:
            try:
                stats = await _stats(request, since=int(now()) // STEP * STEP - STEP, step=STEP)
            except StoreUnavailableError:
                break  # the client comes back by itself, and finds out then
            await response.send(orjson.dumps(stats).decode(), event="stats")
            await asyncio.sleep(every)
    return response


async def _stats(request: web.Request, *, since: int, step: int) -> dict[str, Any]:
    points = await read_series(request.app[STORE], since=since, step=step)
    return {"now": int(now()), "step": step, "points": [point.as_json() for point in points]}
