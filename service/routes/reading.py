"""Addresses that read: records and values."""

from __future__ import annotations

from service.answers import JSON, NDJSON
from service.handlers import explain, normalize, stream, values
from service.negotiation import FORMS
from service.problems import Kind
from service.routing import Route
from service.schemas import records as record_schemas
from service.schemas import values as value_schemas

TAG = "Reading"
NDJSON_NAMES = (NDJSON, "application/ndjson", "application/jsonl")
RECORD = {"dc:title": "Els molins de la vall", "dc.language.iso": "cat", "dc:rights": "CC BY-NC 4.0"}
PAGE = "Els molins de la vall\nLanguage: Català\nRights: CC BY-NC 4.0\n"
VALUES = {
    "values": [
        {"id": "1", "field": "license", "text": "CC BY-NC-ND 3.0 Espanya", "locale": "ca"},
        {"id": "2", "field": "access_right", "text": "accés obert"},
    ]
}

ROUTES = (
    Route(
        method="POST",
        path="/v1/normalize",
        handler=normalize.normalize,
        operation="normalizeRecord",
        tag=TAG,
        summary="Normalize one record",
        accepts=tuple(normalize.READERS),
        limit="record_bytes",
        query=record_schemas.CrossedQuery,
        answers=record_schemas.CrossedAnswer,
        also_produces=FORMS,
        problems=(Kind.NOT_ACCEPTABLE, Kind.INVALID, Kind.NOT_INSTALLED, Kind.NOT_READY),
        example={JSON: RECORD, normalize.PAGE: PAGE},
    ),
    Route(
        method="POST",
        path="/v1/normalize/stream",
        handler=stream.normalize_stream,
        operation="normalizeStream",
        tag=TAG,
        summary="Normalize a stream of records, one a line",
        accepts=NDJSON_NAMES,
        produces=NDJSON,
        query=record_schemas.RecordQuery,
        answers=record_schemas.RecordAnswer,
        problems=(Kind.INVALID, Kind.NOT_INSTALLED, Kind.NOT_READY),
        example={NDJSON: RECORD},
    ),
    Route(
        method="POST",
        path="/v1/values",
        handler=values.read_values,
        operation="readValues",
        tag=TAG,
        summary="Read values",
        accepts=(JSON,),
        limit="values_bytes",
        takes=value_schemas.ValuesRequest,
        answers=value_schemas.ValuesAnswer,
        problems=(Kind.INVALID, Kind.NOT_READY),
        example={JSON: VALUES},
    ),
    Route(
        method="GET",
        path="/v1/values/{field}",
        handler=values.read_value,
        operation="readValue",
        tag=TAG,
        summary="Read one value",
        variables=value_schemas.FieldVariable,
        query=value_schemas.ValueQuery,
        answers=value_schemas.Result,
        problems=(Kind.NOT_FOUND, Kind.INVALID, Kind.NOT_READY),
    ),
    Route(
        method="POST",
        path="/v1/explain",
        handler=explain.explain,
        operation="explainValue",
        tag=TAG,
        summary="Read one value, and say how",
        accepts=(JSON,),
        limit="values_bytes",
        takes=value_schemas.ExplainRequest,
        answers=value_schemas.Explanation,
        problems=(Kind.INVALID, Kind.NOT_READY),
        example={
            JSON: {"field": "rights", "text": "Es permet la reproducció sense finalitats comercials. Creative Commons", "locale": "ca"}
        },
    ),
)
