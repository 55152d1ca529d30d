"""``/v1/values``: single values, many by POST, or one by GET for a person with curl."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from normalizers import Registry, Result, Wishes
from service.answers import answer_written
from service.bodies import read_body
from service.documents import parse_json
from service.exchange import EXCHANGE
from service.limits import Limits, check_text
from service.problems import Fault, Kind, ProblemError, invalid
from service.queries import read_query
from service.schemas.base import load
from service.schemas.values import ValueQuery, ValuesRequest
from service.state import ENGINE, SETTINGS, WORKERS

_REQUEST = ValuesRequest()
_QUERY = ValueQuery()


async def read_values(request: web.Request) -> web.StreamResponse:
    """Read a batch of values, and answer with their results in the same order."""
    registry, settings, workers = request.app[ENGINE].registry(), request.app[SETTINGS], request.app[WORKERS]
    body = await read_body(request, settings.values_bytes)
    values = await workers.run(len(body), _parse, body, Limits.of_values(settings), settings.values_per_request, registry.fields)
    exchange, results = request[EXCHANGE], []
    for value in values:
        result = await workers.run(len(value["text"]), _read, registry, value["field"], value)
        exchange.items += 1
        exchange.note_result(result, value["id"][:255])
        results.append(b'{"id":%b,%b' % (orjson.dumps(value["id"]), result.members()))
    return answer_written(b'{"values":[%b]}' % b",".join(results))


async def read_value(request: web.Request) -> web.StreamResponse:
    """Read one value that stands in the address."""
    registry, settings = request.app[ENGINE].registry(), request.app[SETTINGS]
    field = request.match_info["field"]
    if field not in registry.fields:
        fault = Fault("/path/field", unknown_field(registry.fields))
        raise ProblemError(Kind.NOT_FOUND, "There is no such field.", (fault,))
    value = read_query(request, _QUERY)
    check_text(value["text"], Limits.of_values(settings), "/query/text")
    result = await request.app[WORKERS].run(len(value["text"]), _read, registry, field, value)
    request[EXCHANGE].items += 1
    request[EXCHANGE].note_result(result)
    return answer_written(b"{%b" % result.members())


def _parse(body: bytes, limits: Limits, most: int, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = load(_REQUEST, parse_json(body, limits))["values"]
    if len(values) > most:
        raise invalid(Fault("/values", f"There are {len(values):,} values; at most {most:,} are read in one request."))
    unknown = [Fault(f"/values/{index}/field", unknown_field(fields)) for index, value in enumerate(values) if value["field"] not in fields]
    if unknown:
        raise invalid(*unknown)
    return values


def _read(registry: Registry, field: str, value: dict[str, Any]) -> Result:
    wishes = Wishes(value.get("assume_version"), most_restrictive=bool(value.get("most_restrictive")))
    return registry.normalize(field, value["text"], locale=value.get("locale"), wishes=wishes)


def unknown_field(fields: tuple[str, ...]) -> str:
    """Say which fields there are, to whoever asked for another."""
    return f"The fields are {', '.join(fields)}."
