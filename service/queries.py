"""What follows the question mark of an address, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from marshmallow import Schema

from service.problems import Fault, malformed
from service.schemas.base import load

_MOST_PARAMETERS = 16
_KEPT = 256
"""Queries that are known: most addresses are asked with the same few, or with none. Their values are immutable."""


def read_query(request: web.Request, schema: Schema) -> dict[str, Any]:
    """Read a query and hold it to its schema: what is not UTF-8 or stands there twice is refused rather than replaced or dropped.

    Raises:
        ProblemError: 400 for a query that breaks its syntax, 422 for one that the schema refuses.
    """
    return dict(_read(schema, request.rel_url.raw_query_string))


@lru_cache(maxsize=_KEPT)
def _read(schema: Schema, query: str) -> Mapping[str, Any]:
    loaded: dict[str, Any] = load(schema, _parse(query), "query")
    return loaded


def _parse(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise malformed("The query is not UTF-8.", Fault("/query", "What is percent-encoded here is not UTF-8.")) from None
    except ValueError:
        raise malformed("The query has too many parameters.", Fault("/query", f"At most {_MOST_PARAMETERS} parameters are read.")) from None
    parameters = dict(pairs)
    if len(parameters) < len(pairs):
        names = [name for name, _ in pairs]
        raise malformed(
            "A parameter is given twice.", *(Fault(f"/query/{name}", "Given twice.") for name in parameters if names.count(name) > 1)
        )
    return parameters
