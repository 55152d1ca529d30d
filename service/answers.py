"""Answers that are JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web

JSON = "application/json"
NDJSON = "application/x-ndjson"


def answer_json(document: Mapping[str, Any], *, status: int = 200, content_type: str = JSON) -> web.Response:
    """Answer with a JSON document."""
    return web.Response(status=status, body=orjson.dumps(document), content_type=content_type)
