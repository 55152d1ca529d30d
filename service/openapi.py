"""The contract of the service as OpenAPI 3.1, made from the table of addresses and the schemas that requests are held to.

Nothing is written twice: what a setting bounds has that bound, and the fields are those that the registry reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from aiohttp import hdrs
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields

from service import problems
from service.admission import scope_of
from service.answers import JSON, NDJSON
from service.exchange import REQUEST_ID
from service.problems import Kind, ProblemError
from service.routing import Route
from service.schema_names import check_names
from service.schemas.base import FieldName
from service.schemas.operations import Problem
from service.settings import Settings

_ALWAYS = (Kind.MALFORMED, Kind.ADDRESS_TOO_LONG, Kind.EXPECTATION_FAILED, Kind.HEADER_TOO_LARGE, Kind.INTERNAL)
_WITH_BODY = (Kind.TIMEOUT, Kind.TOO_LARGE, Kind.UNSUPPORTED_TYPE)
_GUARDED = (Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.TOO_MANY, Kind.OVERLOADED)
_LATER = (Kind.TOO_MANY, Kind.OVERLOADED, Kind.NOT_READY)
"""Problems that say when to come again."""
_ABOUT = (
    "Reads the rights, languages, types and identifiers of repository records, in any mix of languages, as canonical identifiers. "
    "Every error is `application/problem+json` (RFC 9457)."
)
_HEADERS = {
    REQUEST_ID: "The id of the request, as the log names it.",
    str(hdrs.ETAG): "Changes with the answer; for If-None-Match.",
    str(hdrs.RETRY_AFTER): "Seconds after which to come again.",
}
_FILE = {"type": "string", "format": "binary", "description": "A file, in any format that is read."}
_FORM = {"type": "object", "properties": {"file": _FILE}, "required": ["file"]}
_EXAMPLE_ID = "5ef01c80a0b14c6d9a3e7c1f2b4d6e88"


class Contract:
    """Gives the document of one application, made anew only where the fields have changed.

    Raises:
        ValueError: Two schemas of the addresses have the same name.
    """

    def __init__(self, routes: Iterable[Route], settings: Settings) -> None:
        self._routes = tuple(route for route in routes if route.listed)
        check_names(self._routes)
        self._settings = settings
        self._made: tuple[tuple[str, ...], dict[str, Any]] | None = None

    def document(self, names: tuple[str, ...]) -> dict[str, Any]:
        """Give the document, with the names of the fields that are read."""
        if self._made is None or self._made[0] != names:
            self._made = (names, build_document(self._routes, self._settings, names))
        return self._made[1]


def build_document(routes: Sequence[Route], settings: Settings, names: Sequence[str]) -> dict[str, Any]:
    """Make the OpenAPI document of a table of addresses."""
    plugin = MarshmallowPlugin(schema_name_resolver=lambda schema: getattr(schema, "__name__", type(schema).__name__))
    tags = list(dict.fromkeys(route.tag for route in routes))
    spec = APISpec(
        title="drets",
        version=version("drets"),
        openapi_version="3.1.0",
        plugins=[plugin],
        info={"description": _ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        tags=[{"name": tag} for tag in tags],
        servers=[{"url": "/"}],
    )
    converter: Any = plugin.converter
    # apispec has nothing that knows these; each gives members of the schema of a field.
    converter.attribute_functions += [_Names(tuple(names)), _Bound(settings)]
    for header, description in _HEADERS.items():
        spec.components.header(header, {"schema": {"type": "string"}, "description": description})
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer", "description": "Asked for once there are keys."})
    spec.components.schema("Problem", schema=Problem)
    for kind in Kind:
        spec.components.response(_name(kind), _problem(kind))
    for route in routes:
        spec.path(path=route.path, operations={route.method.lower(): _operation(route)})
    document: dict[str, Any] = spec.to_dict()
    _describe(document, converter.refs)
    return document


@dataclass(frozen=True, slots=True)
class _Names:
    """Lists the fields there are wherever one is named."""

    names: tuple[str, ...]

    def __call__(self, field: fields.Field[Any], **_so_far: Any) -> dict[str, Any]:
        return {"enum": list(self.names)} if isinstance(field, FieldName) else {}


@dataclass(frozen=True, slots=True)
class _Bound:
    """Gives a text or array the bound of the setting that its schema names."""

    settings: Settings

    def __call__(self, field: fields.Field[Any], **_so_far: Any) -> dict[str, Any]:
        if "setting" not in field.metadata:
            return {}
        member = "maxItems" if isinstance(field, fields.List) else "maxLength"
        return {member: getattr(self.settings, field.metadata["setting"])}


def _describe(document: dict[str, Any], made: Mapping[tuple[Any, ...], str]) -> None:
    for (schema, *_), name in made.items():
        document["components"]["schemas"][name]["description"] = _first_lines(schema.__doc__)


def _first_lines(docstring: str | None) -> str:
    return " ".join(inspect.cleandoc(docstring or "").split("\n\n")[0].split())


def _operation(route: Route) -> dict[str, Any]:
    description = _first_lines(getattr(route.handler, "__doc__", None))
    operation: dict[str, Any] = {
        "operationId": route.operation,
        "tags": [route.tag],
        "summary": route.summary,
        "description": description,
        "parameters": _parameters(route),
        "responses": {str(route.status): _answer(route)},
    }
    if route.accepts:
        operation["requestBody"] = {"required": True, "content": {name: _content(route, name) for name in route.accepts}}
    if scope_of(route.tag):
        operation["security"] = [{"key": []}, {}]
    if route.deprecated is not None:
        operation["deprecated"] = True
    if route.tagged:
        operation["responses"]["304"] = {"description": "The answer is still the one with that ETag.", "headers": _headers(hdrs.ETAG)}
    for kind in sorted(
        {*_ALWAYS, *(_WITH_BODY if route.accepts else ()), *(_GUARDED if scope_of(route.tag) else ()), *route.problems},
        key=lambda kind: kind.status,
    ):
        operation["responses"][str(kind.status)] = _name(kind)
    return operation


def _kinds(route: Route) -> set[Kind]:
    with_body = _WITH_BODY if route.accepts else ()
    guarded = _GUARDED if scope_of(route.tag) else ()
    return {*_ALWAYS, *with_body, *guarded, *route.problems}


def _parameters(route: Route) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    if route.variables is not None:
        parameters.append({"in": "path", "schema": route.variables})
    if route.query is not None:
        parameters.append({"in": "query", "schema": route.query})
    if route.tagged:
        parameters.append({"in": "header", "name": str(hdrs.IF_NONE_MATCH), "required": False, "schema": {"type": "string"}})
    return parameters


def _content(route: Route, media_type: str) -> dict[str, Any]:
    if media_type == JSON or media_type.endswith("+json") or route.takes is not None:
        content: dict[str, Any] = {"schema": route.takes or {"type": "object"}}
    elif route.takes_file:
        content = {"schema": _FORM if media_type.startswith("multipart/") else _FILE}
    elif media_type.startswith("text/"):
        content = {"schema": {"type": "string", "pattern": r"\S"}}
    else:
        content = {"schema": {"type": "string", "description": "JSON objects, one a line." if "json" in media_type else "One record."}}
    example = route.example.get(media_type)
    return content if example is None else {**content, "example": example}


def _answer(route: Route) -> dict[str, Any]:
    headers = [REQUEST_ID, hdrs.ETAG] if route.tagged else [REQUEST_ID]
    if route.status == HTTPStatus.NO_CONTENT:
        return {"description": route.summary, "headers": _headers(*headers)}
    content: dict[str, Any] = {route.produces: {"schema": _answer_schema(route)}}
    content |= {name: {"schema": {"type": "object" if name.endswith("json") else "string"}} for name in route.also_produces}
    return {"description": route.summary, "headers": _headers(*headers), "content": content}


def _answer_schema(route: Route) -> Any:
    if route.produces == NDJSON and route.answers is not None:
        either = [{"$ref": f"#/components/schemas/{name}"} for name in (route.answers.__name__, "Problem")]
        return {"type": "string", "description": "Each line is one of these.", "x-line": {"oneOf": either}}
    return route.answers or {"type": "object" if route.produces == JSON else "string"}


def _headers(*names: str) -> dict[str, str]:
    """Refer to headers; the name of each is that of its component."""
    return {str(name): str(name) for name in names}


def _problem(kind: Kind) -> dict[str, Any]:
    example = problems.members(ProblemError(kind, f"{kind.title}."), _EXAMPLE_ID)
    headers = [REQUEST_ID, *([hdrs.RETRY_AFTER] if kind in _LATER else [])]
    content = {problems.CONTENT_TYPE: {"schema": "Problem", "example": example}}
    return {"description": kind.title, "headers": _headers(*headers), "content": content}


def _name(kind: Kind) -> str:
    return "".join(word.capitalize() for word in kind.slug.split("-"))
