"""An address that will go says so in every answer, on the day that the table names."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from aiohttp import web

from service.answers import answer_json
from service.deprecation import Deprecation
from service.problems import Kind, ProblemError
from service.routes import ROUTES
from service.routing import Route
from tests.service.conftest import Start

GUIDE = "https://drets.example/docs/leaving"


async def leave(request: web.Request) -> web.StreamResponse:
    if "fail" in request.query:
        raise ProblemError(Kind.INVALID, "It was asked to fail.")
    return answer_json({"status": "pass"})


def leaving(**options: Any) -> Route:
    deprecation = Deprecation(since=date(2024, 2, 29), link=GUIDE, **options)
    return Route(method="GET", path="/v0/leaving", handler=leave, operation="leave", tag="Old", summary="Leave", deprecated=deprecation)


@pytest.mark.parametrize(("address", "status"), [("/v0/leaving", 200), ("/v0/leaving?fail=1", 422)])
async def test_every_answer_of_it_says_so(start: Start, address: str, status: int) -> None:
    service = await start(routes=(*ROUTES, leaving(sunset=date(2025, 1, 1))))
    response = await service.client.get(address)
    assert response.status == status
    # 29 February 2024 at midnight UTC, in seconds since 1970
    assert response.headers["Deprecation"] == "@1709164800"
    assert response.headers["Link"] == f'<{GUIDE}>; rel="deprecation"; type="text/html"'
    assert response.headers["Sunset"] == "Wed, 01 Jan 2025 00:00:00 GMT"
    assert parsedate_to_datetime(response.headers["Sunset"]).date() == date(2025, 1, 1)


async def test_the_day_it_goes_may_be_open(start: Start) -> None:
    service = await start(routes=(*ROUTES, leaving()))
    response = await service.client.get("/v0/leaving")
    assert ("Deprecation" in response.headers, "Sunset" in response.headers) == (True, False)


async def test_no_other_address_says_so(start: Start) -> None:
    service = await start(routes=(*ROUTES, leaving()))
    response = await service.client.get("/healthz")
    assert not {"Deprecation", "Sunset", "Link"} & set(response.headers)
