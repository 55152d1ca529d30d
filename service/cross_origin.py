"""Which pages of other origins may ask from a browser (CORS): of reconciliation any, of the rest those that a setting names."""

from __future__ import annotations

from aiohttp import hdrs, web

from service.state import SETTINGS

OPEN_PATHS: web.AppKey[frozenset[str]] = web.AppKey("open_paths", frozenset)
"""Paths that answer pages of any origin; nothing there depends on who asks."""

_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
_HEADERS = "Authorization, Content-Type, Content-Encoding, Idempotency-Key, If-None-Match, X-Request-ID"
_EXPOSED = "ETag, Retry-After, X-Request-ID, Location"
_KEPT_SECONDS = "600"


def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Tell the browser whether the page that asks may read the answer."""
    origin, allowed = request.headers.get(hdrs.ORIGIN), request.app[SETTINGS].cors_origins or ()
    if request.path in request.app[OPEN_PATHS]:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    elif origin is not None and origin in allowed:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
        _vary(response)
    else:
        if allowed:
            _vary(response)
        return
    response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = _EXPOSED
    if request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = response.headers.get(hdrs.ALLOW, _METHODS)
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = _HEADERS
        response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = _KEPT_SECONDS


def _vary(response: web.StreamResponse) -> None:
    """An answer that a cache keeps for one origin is not that for another."""
    given = response.headers.get(hdrs.VARY)
    response.headers[hdrs.VARY] = f"{given}, {hdrs.ORIGIN}" if given else str(hdrs.ORIGIN)
