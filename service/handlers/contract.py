"""``/openapi.json`` and ``/docs/api``: the contract of the service for programs, and a page to try it."""

from __future__ import annotations

from aiohttp import web

from service import api_page
from service.answers import answer_tagged, tag_body
from service.openapi import Contract
from service.pages.site import HEADERS
from service.problems import Kind, ProblemError
from service.state import ENGINE

CONTRACT = web.AppKey("contract", Contract)


async def give_contract(request: web.Request) -> web.StreamResponse:
    """Give every address with what it takes and answers, for programs (OpenAPI 3.1)."""
    return answer_tagged(request, request.app[CONTRACT].document(request.app[ENGINE].registry().fields))


async def show_page(request: web.Request) -> web.StreamResponse:
    """Show the page on which every address can be tried."""
    response = tag_body(request, api_page.read_file(api_page.PAGE), "text/html")
    response.headers.update(HEADERS)
    return response


async def give_page_file(request: web.Request) -> web.StreamResponse:
    """Give a script or style of that page."""
    name = request.match_info["file"]
    if name not in api_page.FILES:
        raise ProblemError(Kind.NOT_FOUND, "The page has no such file.")
    return tag_body(request, api_page.read_file(name), api_page.FILES[name])
