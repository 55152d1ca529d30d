"""Whether the service lives, whether it is ready, and its figures."""

from __future__ import annotations

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST

from service.answers import answer_json
from service.health import check_all, note_state
from service.state import ENGINE, METRICS

HEALTH = "application/health+json"


async def healthz(_request: web.Request) -> web.StreamResponse:
    """Say that the process lives. It says so from the first moment to the last, however busy or unready it is."""
    return answer_json({"status": "pass"}, content_type=HEALTH)


async def readyz(request: web.Request) -> web.StreamResponse:
    """Say whether requests for readings are answered, and how what the service leans on is; while it loads or stops it is not ready."""
    engine = request.app[ENGINE]
    if not engine.is_ready:
        raise engine.not_ready()
    checks = await check_all(request.app)
    status = "pass" if all(check.status == "pass" for check in checks.values()) else "warn"
    listed = {name: [check.as_json()] for name, check in checks.items()}
    return answer_json({"status": status, "output": engine.reason(), "checks": listed}, content_type=HEALTH)


async def metrics(request: web.Request) -> web.StreamResponse:
    """Give all figures in the text format of Prometheus."""
    await note_state(request.app)
    return web.Response(body=request.app[METRICS].render(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})
