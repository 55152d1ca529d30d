"""``/reconcile``: the reconciliation service API 0.2, and what the draft of 1.0 shares with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import hdrs, web

from normalizers import Catalogue, Entity, Registry
from service.answers import JSON
from service.bodies import read_body
from service.documents import parse_json
from service.exchange import EXCHANGE
from service.limits import Limits, check_text
from service.negotiation import names_type
from service.problems import Fault, Kind, ProblemError, invalid, malformed
from service.queries import read_query
from service.reconcile import showing
from service.reconcile.asking import Asked, asked_by_name
from service.reconcile.extending import extend
from service.reconcile.manifest import LOCALE, build_draft_manifest, build_manifest, type_of
from service.reconcile.matching import match_query
from service.schemas.base import load
from service.schemas.reconcile import EntityQuery, Extend, ProposeQuery, Query, ReconcileForm, ReconcileQuery, SuggestQuery
from service.state import ENGINE, SETTINGS, WORKERS

FORM = "application/x-www-form-urlencoded"
SCRIPT = "text/javascript"
DRAFT = "application/reconciliation.v1+json"
"""By which a client asks for the draft of version 1.0 at an address that both versions have (pull request 200 of the specification)."""

PATH = "/reconcile"
_SUGGESTED = 10
_LOCALE = {"id": LOCALE, "name": "Language of the text"}
"""What can be sent along with a query and is no property of any entity."""

_QUERY, _EXTEND = Query(), Extend()
_IN_ADDRESS, _IN_FORM = ReconcileQuery(), ReconcileForm()
_SUGGEST, _ENTITY, _PROPOSE = SuggestQuery(), EntityQuery(), ProposeQuery()
_FRAME_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"
"""A preview is made to be shown in a frame of whoever reconciles; it has no script and loads one style."""


async def reconcile_get(request: web.Request) -> web.StreamResponse:
    """Give the manifest, that of the draft for whoever asks for it, or answer queries or a data extension query in the address."""
    asked = read_query(request, _IN_ADDRESS)
    return await _reconcile(request, asked, asked.get("callback"))


async def reconcile_post(request: web.Request) -> web.StreamResponse:
    """Answer queries or a data extension query that stand in a form."""
    body = await read_body(request, request.app[SETTINGS].values_bytes)
    return await _reconcile(request, load(_IN_FORM, _parse_form(body)), None)


async def suggest_entity(request: web.Request) -> web.StreamResponse:
    """List the entities that have a name with a beginning."""
    catalogue, asked = _catalogue(request), _load_suggest(request)
    fields = (asked["type"],) if "type" in asked else catalogue.fields
    start = int(asked.get("cursor", 0))
    work = partial(catalogue.starting, limit=start + _SUGGESTED)
    found = await request.app[WORKERS].run(request.app[SETTINGS].thread_bytes, work, asked["prefix"], fields)
    return _answer({"result": [_suggested(entity) for entity in found[start:]]}, asked)


async def suggest_type(request: web.Request) -> web.StreamResponse:
    """List the types whose name has a beginning."""
    asked = _load_suggest(request)
    return _answer({"result": _begun([type_of(field) for field in _catalogue(request).fields], asked["prefix"])}, asked)


async def suggest_property(request: web.Request) -> web.StreamResponse:
    """List the properties whose name has a beginning."""
    asked = _load_suggest(request)
    known = [{"id": about.id, "name": about.name} for about in _catalogue(request).properties]
    return _answer({"result": _begun([_LOCALE, *known], asked["prefix"])}, asked)


async def propose_properties(request: web.Request) -> web.StreamResponse:
    """List the properties that entities of a type have."""
    asked = read_query(request, _PROPOSE)
    kind = asked.get("type")
    known = [{"id": about.id, "name": about.name} for about in _catalogue(request).properties if kind is None or kind in about.fields]
    limit = int(asked.get("limit", len(known)))
    stated = {name: value for name, value in (("type", kind), ("limit", limit)) if value is not None}
    return _answer({**stated, "properties": known[:limit]}, asked)


async def flyout_entity(request: web.Request) -> web.StreamResponse:
    """Give a few lines on an entity, as HTML in JSON."""
    asked = read_query(request, _ENTITY)
    entity = _entity(request, asked["id"])
    return _answer({"id": entity.identifier, "html": showing.lines_on(_catalogue(request), entity, _locales(request))}, asked)


async def flyout_type(request: web.Request) -> web.StreamResponse:
    """Give a line on a type."""
    return _flyout(request, {field: type_of(field)["name"] for field in _catalogue(request).fields})


async def flyout_property(request: web.Request) -> web.StreamResponse:
    """Give a line on a property."""
    return _flyout(request, {_LOCALE["id"]: _LOCALE["name"], **{about.id: about.name for about in _catalogue(request).properties}})


async def preview(request: web.Request) -> web.StreamResponse:
    """Show an entity as a small page, to be framed."""
    asked = read_query(request, _ENTITY)
    page = showing.page_on(_catalogue(request), _entity(request, asked["id"]), _locales(request))
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": _FRAME_POLICY})


async def preview_style(_request: web.Request) -> web.StreamResponse:
    """Give the style of that page."""
    return web.Response(text=showing.STYLE, content_type="text/css")


async def _reconcile(request: web.Request, asked: Mapping[str, str], callback: str | None) -> web.StreamResponse:
    registry, settings, workers = request.app[ENGINE].registry(), request.app[SETTINGS], request.app[WORKERS]
    stated = {"callback": callback} if callback else {}
    if "queries" in asked:
        return _answer(await _match(request, registry, asked["queries"]), stated)
    if "extend" in asked:
        query = load(_EXTEND, _parse(request, asked["extend"]), "extend")
        check_count("/extend/ids", len(query["ids"]), settings.values_per_request)
        return _answer(await workers.run(settings.thread_bytes, extend, registry.catalogue, query), stated)
    if request.method == hdrs.METH_POST:
        raise invalid(Fault("", "A form has the member queries or extend."))
    base = f"{settings.public_url or request.url.origin()}{PATH}"
    if asks_for_draft(request):
        return answer_draft(request, build_draft_manifest(registry.catalogue, base, version("drets"), settings.values_per_request))
    answered = _answer(build_manifest(registry.catalogue, base, version("drets")), stated)
    answered.headers[hdrs.VARY] = hdrs.ACCEPT
    return answered


async def _match(request: web.Request, registry: Registry, text: str) -> dict[str, Any]:
    batch = _parse(request, text)
    if not isinstance(batch, dict):
        raise invalid(Fault("/queries", "An object belongs here, with a key for each query."))
    check_count("/queries", len(batch), request.app[SETTINGS].values_per_request)
    queries = {key: load(_QUERY, query, "queries", key) for key, query in batch.items()}
    return {key: {"result": await match_asked(request, registry, asked_by_name(query))} for key, query in queries.items()}


async def match_asked(request: web.Request, registry: Registry, asked: Asked) -> list[dict[str, Any]]:
    """Give the candidates for one query, always in a thread: to look through all names takes longer than a reading."""
    candidates, readings = await request.app[WORKERS].run(request.app[SETTINGS].thread_bytes, match_query, registry, asked)
    exchange = request[EXCHANGE]
    exchange.items += 1
    for reading in readings:
        exchange.note_result(reading)
    return candidates


def asks_for_draft(request: web.Request) -> bool:
    """Tell whether the client asks for what the draft of version 1.0 says, by the media type that it is to have."""
    return any(names_type(accepted, DRAFT) for accepted in request.headers.getall(hdrs.ACCEPT, ()))


def answer_draft(request: web.Request, document: Mapping[str, Any]) -> web.Response:
    """Answer with JSON, under the name by which the client asks for it."""
    answered = web.Response(body=orjson.dumps(document), content_type=DRAFT if asks_for_draft(request) else JSON)
    answered.headers[hdrs.VARY] = hdrs.ACCEPT
    return answered


def _parse(request: web.Request, text: str) -> Any:
    return parse_json(text.encode(), Limits.of_values(request.app[SETTINGS]))


def _parse_form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body.strip()), errors="strict", max_num_fields=8)
    except ValueError:
        raise malformed("The body is no form in UTF-8.", Fault("", "Pairs of name=value, percent-encoded, belong here.")) from None
    return dict(pairs)


def check_count(pointer: str, count: int, most: int) -> None:
    """Refuse what asks for more than is answered in one request."""
    if count > most:
        raise invalid(Fault(pointer, f"There are {count:,}; at most {most:,} are answered in one request."))


def _load_suggest(request: web.Request) -> dict[str, str]:
    asked: dict[str, str] = read_query(request, _SUGGEST)
    check_text(asked["prefix"], Limits.of_values(request.app[SETTINGS]), "/query/prefix")
    return asked


def _catalogue(request: web.Request) -> Catalogue:
    return request.app[ENGINE].registry().catalogue


def _locales(request: web.Request) -> tuple[str, ...]:
    return request.app[ENGINE].registry().locales


def _entity(request: web.Request, identifier: str) -> Entity:
    entity = _catalogue(request).lookup(identifier)
    if entity is None:
        raise ProblemError(Kind.NOT_FOUND, "There is no such identifier.", (Fault("/query/id", "There is no such identifier."),))
    return entity


def _suggested(entity: Entity) -> dict[str, Any]:
    kind = type_of(entity.field)
    return {"id": entity.identifier, "name": entity.name, "description": kind["name"], "notable": [kind]}


def _begun(known: list[dict[str, str]], prefix: str) -> list[dict[str, str]]:
    start = prefix.casefold()
    return [item for item in known if item["id"].startswith(start) or any(word.startswith(start) for word in _words(item["name"]))]


def _words(name: str) -> tuple[str, ...]:
    return (name.casefold(), *name.casefold().split())


def _flyout(request: web.Request, names: Mapping[str, str]) -> web.StreamResponse:
    asked = read_query(request, _ENTITY)
    if asked["id"] not in names:
        raise ProblemError(Kind.NOT_FOUND, "There is no such identifier.", (Fault("/query/id", "There is no such identifier."),))
    return _answer({"id": asked["id"], "html": f"<p>{names[asked['id']]}</p>"}, asked)


def _answer(document: Mapping[str, Any], asked: Mapping[str, Any]) -> web.Response:
    """Answer with JSON, or with a script that hands it to a function of the client's (JSONP)."""
    body = orjson.dumps(document)
    callback = asked.get("callback")
    if callback is None:
        return web.Response(body=body, content_type=JSON)
    # The comment keeps the answer from being taken for a file of another kind by its first bytes. U+2028 and U+2029 end lines in
    # old scripts.
    script = b"/**/" + callback.encode() + b"(" + body.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029") + b");"
    return web.Response(body=script, content_type=SCRIPT)
