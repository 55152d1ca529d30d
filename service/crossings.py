"""The answer to a record in the terms of another scheme: its document alone, or within the answer as JSON."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import hdrs, web

from normalizers.records.crosswalks import TARGETS, Crossing
from service.answers import answer_written
from service.negotiation import Wanted

UNSAID = "Drets-Unsaid"
LACKS = "Drets-Lacks"
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def answer_record(written: bytes, wanted: Wanted, crossing: Crossing | None) -> web.Response:
    """Answer with what is wanted, given the JSON of the whole answer.

    A document alone says in its headers how much it leaves unsaid, and what its scheme demands beside it.
    """
    if crossing is None or wanted.to is None:
        response = answer_written(written)
    elif wanted.alone:
        response = _alone(wanted.to, crossing)
    else:
        response = answer_written(b'%b,"crosswalk":%b}' % (written[:-1], orjson.dumps(_described(wanted.to, crossing))))
    response.headers[hdrs.VARY] = hdrs.ACCEPT
    return response


def _alone(to: str, crossing: Crossing) -> web.Response:
    target = TARGETS[to]
    body = target.dump(crossing.document)
    response = web.Response(body=body if target.is_json else _HEAD + body, content_type=target.media_type)
    response.headers[UNSAID] = str(len(crossing.unsaid))
    if crossing.lacks:
        response.headers[LACKS] = ", ".join(lack.element for lack in crossing.lacks)
    return response


def _described(to: str, crossing: Crossing) -> dict[str, Any]:
    target = TARGETS[to]
    return {
        "to": to,
        "document": crossing.document if target.is_json else target.dump(crossing.document).decode(),
        "unsaid": [{"pointer": f"/metadata{part.pointer}", "reason": part.reason.value} for part in crossing.unsaid],
        "lacks": [{"element": lack.element, "detail": lack.detail} for lack in crossing.lacks],
    }
