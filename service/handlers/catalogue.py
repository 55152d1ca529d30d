"""``/v1/vocabularies`` and ``/v1/locales``: what the answers are made of."""

from __future__ import annotations

from aiohttp import web

from service.answers import answer_tagged
from service.state import ENGINE

_SELF = "drets"
"""The library lists its own version beside those of its vocabularies."""


async def list_vocabularies(request: web.Request) -> web.StreamResponse:
    """List the vocabularies with their versions."""
    versions = request.app[ENGINE].registry().versions
    listed = [{"name": name, "version": version} for name, version in sorted(versions.items()) if name != _SELF]
    return answer_tagged(request, {"drets": versions[_SELF], "vocabularies": listed})


async def list_locales(request: web.Request) -> web.StreamResponse:
    """List the locales by tag, with the number of words that each knows."""
    words = request.app[ENGINE].registry().words
    return answer_tagged(
        request, {"locales": [{"tag": tag, "name": known.name, "labels": known.sections} for tag, known in sorted(words.items())]}
    )
