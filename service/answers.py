"""Answers that are JSON."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
from aiohttp import ETag, web

JSON = "application/json"
NDJSON = "application/x-ndjson"
_ANY = "*"


def answer_json(document: Mapping[str, Any], *, status: int = 200, content_type: str = JSON) -> web.Response:
    """Answer with a JSON document."""
    return web.Response(status=status, body=orjson.dumps(document), content_type=content_type)


def answer_written(document: bytes) -> web.Response:
    """Answer with a JSON document that is written already."""
    return web.Response(body=document, content_type=JSON)


def answer_tagged(request: web.Request, document: Mapping[str, Any]) -> web.Response:
    """Answer with a JSON document and its ETag, or with 304 to whoever has it already (RFC 9110 section 13.1.2)."""
    return tag_body(request, orjson.dumps(document), JSON)


def tag_body(request: web.Request, body: bytes, content_type: str) -> web.Response:
    """Answer with a body and its ETag, or with 304 to whoever has it already.

    The tag is weak, for a compressed answer has the same one.
    """
    tag = ETag(sha256(body).hexdigest()[:32], is_weak=True)
    known = any(given.value in (tag.value, _ANY) for given in request.if_none_match or ())
    response = web.Response(status=304) if known else web.Response(body=body, content_type=content_type)
    response.etag = tag
    return response
