"""``POST /v1/normalize``: one record in, its clean form out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from aiohttp import web

from normalizers import RecordAnswer
from service.answers import JSON
from service.bodies import read_body
from service.crossings import answer_record
from service.exchange import EXCHANGE
from service.limits import Limits
from service.negotiation import Wanted, choose
from service.queries import read_query
from service.records import Reading, read_encoded, read_object, read_table, read_text
from service.schemas.records import CrossedQuery
from service.state import ENGINE, SETTINGS, WORKERS

PAGE = "text/plain"
ENCODED = MappingProxyType(
    {
        "application/xml": "xml",
        "text/xml": "xml",
        "application/rdf+xml": "xml",
        "application/marcxml+xml": "marcxml",
        "application/mods+xml": "mods",
        "application/vnd.datacite.datacite+xml": "datacite",
        "application/marc": "marc21",
        "text/html": "html",
    }
)
"""Types of bodies that say themselves how they are encoded, and the names that the engine has for them."""

OBJECTS = MappingProxyType(
    {
        "application/vnd.citationstyles.csl+json": "csl_json",
        "application/vnd.datacite.datacite+json": "datacite_json",
        "application/ld+json": "json",
    }
)
"""Types of JSON objects whose schema is told by the type, and the names that the engine has for them."""

TEXTS = MappingProxyType({PAGE: "text", "application/x-research-info-systems": "ris", "application/x-bibtex": "bibtex"})
"""Types of texts, and the names that the engine has for them."""

TABLES: Mapping[str, str | None] = MappingProxyType({"text/csv": None, "text/tab-separated-values": "\t"})
"""Types of tables, and what stands between their cells; None where the rows tell."""

QUERY = CrossedQuery()

Read = Callable[[Reading, bytes], RecordAnswer]

READERS: Mapping[str, Read] = MappingProxyType(
    {
        JSON: read_object,
        **{content_type: partial(read_object, format_name=name) for content_type, name in OBJECTS.items()},
        **{content_type: partial(read_text, format_name=name) for content_type, name in TEXTS.items()},
        **{content_type: partial(read_table, delimiter=delimiter) for content_type, delimiter in TABLES.items()},
        **{content_type: partial(read_encoded, format_name=name) for content_type, name in ENCODED.items()},
    }
)
"""What reads a body of each type."""


async def normalize(request: web.Request) -> web.StreamResponse:
    """Read one record, of any of the types that there are. It is answered as JSON, or in the terms of a target."""
    registry, settings = request.app[ENGINE].registry(), request.app[SETTINGS]
    query = read_query(request, QUERY)
    wanted = choose(request, query.pop("to", None))
    reading = Reading.of(registry, Limits.of_record(settings), **query)
    body = await read_body(request, settings.record_bytes)
    answer, response = await request.app[WORKERS].run(len(body), _answer, READERS[request.content_type], reading, body, wanted)
    request[EXCHANGE].note_record(answer)
    return response


def _answer(read: Read, reading: Reading, body: bytes, wanted: Wanted) -> tuple[RecordAnswer, web.Response]:
    answer = read(reading, body)
    crossing = reading.registry.cross(answer.metadata, to=wanted.to) if wanted.to else None
    # A document alone says nothing of the rest.
    return answer, answer_record(b"" if wanted.alone else answer.written(), wanted, crossing)
