"""The contract says what the service does, for every address: requests made from it are answered, and the answers fit it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from service.app import create_app
from service.handlers.reconcile import FORM
from service.routes import ROUTES
from service.routes.reconcile import TAG
from service.routing import Route
from service.settings import Settings
from tests.service.conftest import Service, Start

LISTED = [route for route in ROUTES if route.listed]
NDJSON = "application/x-ndjson"
EXAMPLES_EACH = 20

schemathesis.openapi.media_type(
    NDJSON, st.lists(st.dictionaries(st.text(), st.text())).map(lambda rows: "\n".join(map(json.dumps, rows)).encode())
)

schemathesis.openapi.media_type("text/csv", st.just(b"field,text,decision\n"))


@pytest.fixture(scope="session")
def contract(live: str) -> dict[str, Any]:
    document: dict[str, Any] = requests.get(f"{live}/openapi.json", timeout=60).json()
    return document


@pytest.fixture(scope="session")
def api(live: str) -> Any:
    schema = schemathesis.openapi.from_url(f"{live}/openapi.json")
    # A text that breaks the contract by its length may break the longest line of a request before, or the largest body.
    schema.config.checks.negative_data_rejection.expected_statuses += ["413", "414"]
    return schema


# An answer without an end cannot be waited for, and what takes nothing has nothing to break.
FINITE = [route for route in LISTED if route.produces != "text/event-stream"]
QUESTIONS = [(route, GenerationMode.POSITIVE) for route in FINITE]
QUESTIONS += [
    (route, GenerationMode.NEGATIVE) for route in FINITE if (route.accepts and not route.takes_file) or route.query or route.variables
]


@pytest.mark.parametrize(("route", "mode"), QUESTIONS, ids=lambda value: getattr(value, "operation", value))
def test_every_operation_answers_as_the_contract_says(api: Any, route: Route, mode: GenerationMode) -> None:
    # The contract cannot say of a text, a record or a file what may stand in it; who reads it can.
    unsaid: Any = (
        [positive_data_acceptance, negative_data_rejection]
        if route.tag == TAG or route.takes_file or (route.accepts and not route.takes)
        else []
    )

    @given(case=api[route.path][route.method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES_EACH, suppress_health_check=list(HealthCheck))
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=unsaid)

    send()


def test_every_listed_route_is_an_operation(contract: dict[str, Any]) -> None:
    operations = [(method.upper(), path) for path, methods in contract["paths"].items() for method in methods]
    assert sorted(operations) == sorted((route.method, route.path) for route in LISTED)


def test_operations_have_names_of_their_own(contract: dict[str, Any]) -> None:
    operations = [operation for methods in contract["paths"].values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] and operation["description"] and operation["tags"] for operation in operations)


def test_it_says_which_version_of_openapi_it_is(contract: dict[str, Any]) -> None:
    assert contract["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(contract).validate()


async def test_the_fields_and_limits_are_those_of_this_service(start: Start) -> None:
    service = await start(text_characters=123, values_per_request=7)
    contract = await (await service.client.get("/openapi.json")).json()
    schemas = contract["components"]["schemas"]
    assert schemas["Value"]["properties"]["text"]["maxLength"] == 123
    assert schemas["ValuesRequest"]["properties"]["values"]["maxItems"] == 7
    assert "license" in schemas["Value"]["properties"]["field"]["enum"]


EXAMPLES = [(route, media_type) for route in LISTED for media_type in route.example]


@pytest.mark.parametrize(("route", "media_type"), EXAMPLES, ids=lambda value: getattr(value, "operation", value))
async def test_every_example_is_answered(service: Service, route: Any, media_type: str) -> None:
    example = route.example[media_type]
    body = example if isinstance(example, str) else urlencode(example) if media_type == FORM else json.dumps(example)
    response = await service.client.request(route.method, route.path, data=body.encode(), headers={"Content-Type": media_type})
    assert response.status == route.status
    answer = json.loads(await response.read())
    assert route.answers().validate(answer) == {}


@pytest.mark.parametrize("address", ["/v1/vocabularies", "/v1/locales", "/openapi.json", "/docs/api", "/docs/api/start.js"])
async def test_what_a_client_has_already_is_not_sent_again(service: Service, address: str) -> None:
    first = await service.client.get(address)
    tag = first.headers["ETag"]
    assert (first.status, bool(await first.read())) == (200, True)
    for known in (tag, f'"other", {tag}', "*"):
        again = await service.client.get(address, headers={"If-None-Match": known})
        assert (again.status, again.headers["ETag"], await again.read()) == (304, tag, b"")
    assert (await service.client.get(address, headers={"If-None-Match": '"other"'})).status == 200


async def test_the_tag_changes_with_the_answer(start: Start) -> None:
    one, other = await start(), await start(text_characters=123)
    tags = {(await service.client.get("/openapi.json")).headers["ETag"] for service in (one, other)}
    assert len(tags) == 2


async def test_the_page_loads_nothing_from_elsewhere(service: Service) -> None:
    response: aiohttp.ClientResponse = await service.client.get("/docs/api")
    assert (response.status, response.content_type) == (200, "text/html")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*"} & set(policy.replace(";", " ").replace("'", " ").split())
    assert "frame-ancestors 'none'" in policy
    page = await response.text()
    assert "//" not in page.replace("<!doctype html>", "")
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js", "page.css"):
        assert f"api/{name}" in page
        assert (await service.client.get(f"/docs/api/{name}")).status == 200


@pytest.mark.parametrize("name", ["index.html", "__init__.py", "..%2Fsettings.py", "%2e%2e/app.py", "swagger-ui.js"])
async def test_the_page_has_no_other_files(service: Service, name: str) -> None:
    assert (await service.client.get(f"/docs/api/{name}")).status == 404


def test_two_schemas_of_one_name_are_refused_at_the_start() -> None:
    inner = type("Term", (Schema,), {})
    twin = type("TermAnswer", (Schema,), {"terms": fields.List(fields.Nested(inner))})
    with pytest.raises(ValueError, match=r"Two schemas have the name TermAnswer: .*schemas\.terms\.TermAnswer"):
        create_app(Settings(), routes=[*ROUTES, replace(ROUTES[0], answers=twin)])
    outer = type("Outer", (Schema,), {"inner": fields.Nested(type("Problem", (Schema,), {}))})
    with pytest.raises(ValueError, match="Two schemas have the name Problem"):
        create_app(Settings(), routes=[replace(ROUTES[0], answers=outer)])
