"""``POST /v1/normalize``: one record in, its clean form out."""

from __future__ import annotations

from aiohttp import web

from service.answers import answer_json
from service.bodies import read_body
from service.exchange import EXCHANGE
from service.limits import Limits
from service.queries import read_query
from service.records import Reading, read_object, read_page
from service.schemas.records import RecordQuery
from service.state import ENGINE, SETTINGS, WORKERS

PAGE = "text/plain"
QUERY = RecordQuery()


async def normalize(request: web.Request) -> web.StreamResponse:
    """Read one record, a page of labelled lines or a JSON object."""
    registry, settings = request.app[ENGINE].registry(), request.app[SETTINGS]
    reading = Reading.of(registry, Limits.of_record(settings), **read_query(request, QUERY))
    body = await read_body(request, settings.record_bytes)
    read = read_page if request.content_type == PAGE else read_object
    answer = await request.app[WORKERS].run(len(body), read, reading, body)
    request[EXCHANGE].note_record(answer)
    return answer_json(answer)
