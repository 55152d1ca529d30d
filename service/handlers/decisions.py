"""Decisions on terms: made and withdrawn one by one, and many at a time as CSV."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import hdrs, web

from normalizers import term_key
from service.answers import answer_json
from service.bodies import read_body
from service.documents import parse_json, parse_text
from service.handlers.terms import check_proposal, names_of, term_of, unknown, view
from service.limits import Limits
from service.problems import Fault, Kind, ProblemError
from service.queries import read_query
from service.schemas.base import load
from service.schemas.terms import DecisionRequest, WithdrawalQuery
from service.state import ENGINE, NEWS, SETTINGS, STORE
from service.terms import decisions
from service.terms.counting import key_of
from service.terms.decisions import Decision
from service.terms.sheets import read_sheet, write_sheet

SHEET = "text/csv"
_DECISION, _WITHDRAWAL = DecisionRequest(), WithdrawalQuery()


async def decide_term(request: web.Request) -> web.StreamResponse:
    """Decide what a term means; every process answers so within two seconds."""
    settings, registry = request.app[SETTINGS], request.app[ENGINE].registry()
    field, key = names_of(request)
    body = await read_body(request, settings.record_bytes)
    asked = load(_DECISION, parse_json(body, Limits.of_record(settings)))
    text = asked["text"] if "text" in asked else (await term_of(request))["text"]
    folded = term_key(text)
    if not folded or key_of(folded) != key:
        other = f"The text is another term, with the key {key_of(folded)}." if folded else "There is no word in the text."
        raise ProblemError(Kind.CONFLICT, other, (Fault("/text", other),))
    check_proposal(registry, field, asked, "/identifier")
    decision = Decision(
        field=field,
        key=key,
        folded=folded,
        text=text.replace("\0", " "),
        decision=decisions.Kind(asked["decision"]),
        identifier=asked.get("identifier"),
        author=asked["author"].replace("\0", " "),
        note=asked["note"].replace("\0", " "),
    )
    await decisions.decide(request.app[STORE], [decision])
    request.app[NEWS].look_now()
    return answer_json(view(await term_of(request)))


async def withdraw_decision(request: web.Request) -> web.StreamResponse:
    """Withdraw a decision; the log keeps it."""
    query = read_query(request, _WITHDRAWAL)
    field, key = names_of(request)
    author, note = query["author"].replace("\0", " "), query["note"].replace("\0", " ")
    if not await decisions.withdraw(request.app[STORE], field, key, author=author, note=note):
        raise unknown("No decision on the term stands.")
    request.app[NEWS].look_now()
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def give_sheet(request: web.Request) -> web.StreamResponse:
    """Give all decisions that stand as CSV."""
    sheet = write_sheet(await decisions.load_decisions(request.app[STORE]))
    headers = {hdrs.CONTENT_DISPOSITION: 'attachment; filename="decisions.csv"'}
    return web.Response(text=sheet, content_type=SHEET, charset="utf-8", headers=headers)


async def take_sheet(request: web.Request) -> web.StreamResponse:
    """Take decisions from CSV, all or none: one faulty row refuses them all."""
    settings, registry = request.app[SETTINGS], request.app[ENGINE].registry()
    text = parse_text(await read_body(request, settings.values_bytes))
    found = await asyncio.to_thread(read_sheet, text, registry, settings.decisions_per_import)
    if found:
        await decisions.decide(request.app[STORE], found)
        request.app[NEWS].look_now()
    return answer_json({"decisions": len(found)})
