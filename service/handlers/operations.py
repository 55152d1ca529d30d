"""Whether the service lives, whether it is ready, and its figures."""

from __future__ import annotations

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST

from service.answers import answer_json
from service.state import ENGINE, METRICS

HEALTH = "application/health+json"


async def healthz(_request: web.Request) -> web.StreamResponse:
    """Say that the process lives. It says so from the first moment to the last, however busy or unready it is."""
    return answer_json({"status": "pass"}, content_type=HEALTH)


async def readyz(request: web.Request) -> web.StreamResponse:
    """Say whether requests for readings are answered; a service that loads its data or stops is alive and not ready."""
    engine = request.app[ENGINE]
    if not engine.is_ready:
        raise engine.not_ready()
    return answer_json({"status": "pass", "output": engine.reason()}, content_type=HEALTH)


async def metrics(request: web.Request) -> web.StreamResponse:
    """Give all figures in the text format of Prometheus."""
    return web.Response(body=request.app[METRICS].render(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})
