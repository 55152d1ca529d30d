"""``/v1/terms``: what stayed unresolved, and what it may mean."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from normalizers import OVERRIDABLE, Override, Registry, as_json, term_key
from service.answers import answer_json
from service.jobs.views import moment
from service.problems import Fault, Kind, ProblemError
from service.queries import read_query
from service.schemas.terms import AuditQuery, Proposal, TermsQuery
from service.state import ENGINE, STORE
from service.terms import decisions
from service.terms.counting import KEPT_DAYS
from service.terms.decisions import Search
from service.terms.suggesting import hints, suggest

ROOT = "/v1/terms"
_KEY = re.compile(r"[0-9a-f]{32}")
_LIST, _AUDIT, _PROPOSAL = TermsQuery(), AuditQuery(), Proposal()
_DECIDED = ("decision", "identifier", "author", "note", "decided")


async def list_terms(request: web.Request) -> web.StreamResponse:
    """List terms, those that were met most often first."""
    query = read_query(request, _LIST)
    cursor = query.get("cursor")
    folded = term_key(query["q"]) if "q" in query else None
    asked = Search(
        limit=query["limit"],
        cursor=_read_cursor(cursor) if cursor else None,
        field=query.get("field"),
        state=query["state"],
        folded=folded,
        source=query.get("source"),
    )
    found = await decisions.search(request.app[STORE], asked)
    shown = [view(term) for term in found[: asked.limit]]
    if query["suggest"]:
        registry = request.app[ENGINE].registry()
        shown = await asyncio.to_thread(lambda: [_with_suggestions(registry, term) for term in shown])
    following = None
    if len(found) > asked.limit:
        last = found[asked.limit - 1]
        given = {name: value for name, value in query.items() if name in {"limit", "field", "state", "q", "source"}}
        following = f"{ROOT}?{urlencode({**given, 'cursor': '-'.join(str(last[name]) for name in ('count', 'field', 'key'))})}"
    return answer_json({"terms": shown, "next": following})


async def show_term(request: web.Request) -> web.StreamResponse:
    """Tell of one term all that is known, and what it may mean."""
    term = await term_of(request)
    registry = request.app[ENGINE].registry()
    return answer_json(await asyncio.to_thread(_with_suggestions, registry, view(term)))


async def tell_impact(request: web.Request) -> web.StreamResponse:
    """Tell how many of the values met lately would be answered otherwise, before anything is decided."""
    term, registry = await term_of(request), request.app[ENGINE].registry()
    proposal = read_query(request, _PROPOSAL)
    check_proposal(registry, term["field"], proposal, "/query/identifier")
    met = await decisions.recent_count(request.app[STORE], term["field"], term["key"])
    before = registry.normalize(term["field"], term["text"])
    after = await asyncio.to_thread(_proposed, registry, term, proposal)
    answer = {"before": _reading(before), "after": _reading(after), "days": KEPT_DAYS, "met": met}
    return answer_json({**answer, "changed": 0 if answer["before"] == answer["after"] else met})


async def list_audit(request: web.Request) -> web.StreamResponse:
    """List what was decided and withdrawn, the latest first."""
    query = read_query(request, _AUDIT)
    limit, chosen = query["limit"], {name: query.get(name) for name in ("field", "key")}
    rows = await decisions.audit(request.app[STORE], limit=limit, before=query.get("before"), **chosen)
    entries = [{**decisions.plain(row), "time": moment(row.time)} for row in rows[:limit]]
    following = None
    if len(rows) > limit:
        given = {name: value for name, value in chosen.items() if value}
        following = f"{ROOT}/audit?{urlencode({'limit': limit, **given, 'before': rows[limit - 1].id})}"
    return answer_json({"entries": entries, "next": following})


async def term_of(request: web.Request) -> dict[str, Any]:
    """Give the term that an address speaks of.

    Raises:
        ProblemError: 404 where it was neither met nor decided on.
    """
    term = await decisions.find(request.app[STORE], *names_of(request))
    if term is None:
        raise unknown("There is no such term.")
    return term


def names_of(request: web.Request) -> tuple[str, str]:
    """Give the field and the key in an address.

    Raises:
        ProblemError: 404 for what names no term; PostgreSQL would fail over some of it.
    """
    field, key = request.match_info["field"], request.match_info["key"]
    if field not in OVERRIDABLE or not _KEY.fullmatch(key):
        raise unknown("There is no such term.")
    return field, key


def unknown(detail: str) -> ProblemError:
    """Say that there is no such term, or nothing decided on it."""
    return ProblemError(Kind.NOT_FOUND, detail, (Fault("/path/key", detail),))


def check_proposal(registry: Registry, field: str, proposal: dict[str, Any], pointer: str) -> None:
    """Hold what is proposed to the vocabulary of the field.

    Raises:
        ProblemError: 422 for what is no identifier of it.
    """
    unfit = "An identifier belongs to the decision 'identifier', and to no other."
    if (proposal["decision"] == decisions.Kind.IDENTIFIER) != ("identifier" in proposal):
        raise ProblemError(Kind.INVALID, "The decision is incomplete.", (Fault(pointer, unfit),))
    if "identifier" in proposal and (wrong := decisions.check_identifier(registry, field, proposal["identifier"])):
        raise ProblemError(Kind.INVALID, wrong, (Fault(pointer, wrong),))


def view(term: dict[str, Any]) -> dict[str, Any]:
    """Describe a term in JSON types."""
    shown = {name: value for name, value in term.items() if name not in _DECIDED}
    decided = {name: term[name] for name in _DECIDED} if term["decision"] else None
    if decided is not None:
        decided["decided"] = moment(decided["decided"])
    return {**shown, "first_seen": moment(term["first_seen"]), "last_seen": moment(term["last_seen"]), "decision": decided}


def _with_suggestions(registry: Registry, term: dict[str, Any]) -> dict[str, Any]:
    field, text = term["field"], term["text"]
    return {**term, "suggestions": suggest(registry, field, text), "hints": hints(registry, field, text)}


def _proposed(registry: Registry, term: dict[str, Any], proposal: dict[str, Any]) -> Any:
    kind = proposal["decision"]
    proposed = [] if kind == decisions.Kind.IGNORE else [Override(term["field"], term["folded"], proposal.get("identifier"))]
    return registry.with_overrides(proposed).normalize(term["field"], term["text"])


def _reading(result: Any) -> dict[str, Any]:
    answer = as_json(result)
    return {"status": answer["status"], "identifiers": answer["identifiers"]}


def _read_cursor(cursor: str) -> tuple[int, str, str]:
    count, field, key = cursor.split("-")
    return int(count), field, key
