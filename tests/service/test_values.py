"""``/v1/values``: results in the order asked for, and every fault of a request pointed at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from normalizers import Registry, as_json
from service.schemas.values import Result, ValuesAnswer
from tests.service.conftest import Service, Start

BY = "https://creativecommons.org/licenses/by/4.0/"


def value(number: int = 1, **members: Any) -> dict[str, Any]:
    return {"id": str(number), "field": "license", "text": "CC BY 4.0", **members}


async def test_results_come_in_the_order_of_the_values(service: Service, registry: Registry) -> None:
    asked = [
        value(1, text="Reconeixement 4.0 Internacional"),
        value(2, text=""),
        value(3, field="access_right", text="accés obert", locale="ca"),
        value(1, text=BY),
    ]
    response = await service.client.post("/v1/values", json={"values": asked})
    assert (response.status, response.content_type) == (200, "application/json")
    answer = await response.json()
    assert answer["values"] == [
        {"id": item["id"], **as_json(registry.normalize(item["field"], item["text"], locale=item.get("locale")))} for item in asked
    ]
    assert [result["status"] for result in answer["values"]][1:4:2] == ["unmatched", "matched"]
    assert ValuesAnswer().validate(answer) == {}


async def test_no_values_are_no_fault(service: Service) -> None:
    response = await service.client.post("/v1/values", json={"values": []})
    assert await response.json() == {"values": []}


async def test_a_version_may_be_assumed_when_asked(service: Service) -> None:
    asked = [value(1, text="CC BY"), value(2, text="CC BY", assume_version="4.0")]
    answer = await (await service.client.post("/v1/values", json={"values": asked})).json()
    assert [result["identifiers"] for result in answer["values"]] == [["CC-BY"], [BY]]


async def test_one_value_by_its_address(service: Service, registry: Registry) -> None:
    text = "Reconeixement & NoComercial 3.0 Espanya; ñ+ø"
    response = await service.client.get("/v1/values/license", params={"text": text, "locale": "ca"})
    answer = await response.json()
    assert (response.status, answer) == (200, as_json(registry.normalize("license", text, locale="ca")))
    assert Result().validate(answer) == {}


async def test_head_tells_what_get_would(service: Service) -> None:
    response = await service.client.head("/v1/values/license", params={"text": "CC0"})
    assert (response.status, response.content_type, await response.read()) == (200, "application/json", b"")


@pytest.mark.parametrize(
    ("document", "pointers"),
    [
        ([], [""]),
        ("values", [""]),
        (None, [""]),
        ({}, ["/values"]),
        ({"values": {}}, ["/values"]),
        ({"values": None}, ["/values"]),
        ({"values": [], "more": 1}, ["/more"]),
        ({"values": [value(), "CC BY"]}, ["/values/1"]),
        ({"values": [value(text=["CC BY"])]}, ["/values/0/text"]),
        ({"values": [value(text=4.0)]}, ["/values/0/text"]),
        ({"values": [value(text=None)]}, ["/values/0/text"]),
        ({"values": [value(id=1)]}, ["/values/0/id"]),
        ({"values": [{"id": "1"}]}, ["/values/0/field", "/values/0/text"]),
        ({"values": [value(colour="x"), value(field="colour")]}, ["/values/0/colour"]),
        ({"values": [value(), value(field="colour"), value(field="Language")]}, ["/values/1/field", "/values/2/field"]),
        ({"values": [value(locale="català")]}, ["/values/0/locale"]),
        ({"values": [value(locale="ca" + "-abc" * 40)]}, ["/values/0/locale"]),
        ({"values": [value(assume_version="four")]}, ["/values/0/assume_version"]),
        ({"values": [value(text="x" * 100_000)]}, ["/values/0/text"]),
    ],
)
async def test_every_fault_is_pointed_at(service: Service, document: Any, pointers: list[str]) -> None:
    response = await service.client.post("/v1/values", data=json.dumps(document), headers={"Content-Type": "application/json"})
    problem = await service.problem(response, 422)
    assert sorted(fault["pointer"] for fault in problem["errors"]) == sorted(pointers)
    assert all(fault["detail"] for fault in problem["errors"])


async def test_the_fields_are_named_to_whoever_does_not_know_them(service: Service, registry: Registry) -> None:
    problem = await service.problem(await service.client.post("/v1/values", json={"values": [value(field="colour")]}), 422)
    assert problem["errors"] == [{"pointer": "/values/0/field", "detail": f"The fields are {', '.join(registry.fields)}."}]


async def test_values_are_counted(start: Start) -> None:
    service = await start(values_per_request=2)
    assert (await service.client.post("/v1/values", json={"values": [value()] * 2})).status == 200
    problem = await service.problem(await service.client.post("/v1/values", json={"values": [value()] * 3}), 422)
    assert problem["errors"] == [{"pointer": "/values", "detail": "There are 3 values; at most 2 are read in one request."}]


@pytest.mark.parametrize(
    ("address", "status", "pointers"),
    [
        ("/v1/values/colour?text=CC0", 404, ["/path/field"]),
        ("/v1/values/license", 422, ["/query/text"]),
        ("/v1/values/license?txt=CC0", 422, ["/query/text", "/query/txt"]),
        ("/v1/values/license?text=CC0&text=CC-BY", 400, ["/query/text"]),
        ("/v1/values/license?text=%E9", 400, ["/query"]),
        ("/v1/values/license?text=CC0&locale=?", 422, ["/query/locale"]),
        ("/v1/values/license?" + "&".join(f"a{number}=" for number in range(99)), 400, ["/query"]),
    ],
)
async def test_faults_of_an_address_are_pointed_at(service: Service, address: str, status: int, pointers: list[str]) -> None:
    problem = await service.problem(await service.client.get(address), status)
    assert sorted(fault["pointer"] for fault in problem["errors"]) == pointers


async def test_a_text_in_an_address_has_the_same_limit(start: Start) -> None:
    service = await start(text_characters=100)
    assert (await service.client.get("/v1/values/license", params={"text": "x" * 100})).status == 200
    problem = await service.problem(await service.client.get("/v1/values/license", params={"text": "x" * 101}), 422)
    assert problem["errors"][0]["pointer"] == "/query/text"


async def test_a_batch_with_long_texts_is_read_the_same_in_the_thread(start: Start, registry: Registry) -> None:
    service = await start(thread_bytes=1)
    answer = await (await service.client.post("/v1/values", json={"values": [value(text="CC BY-NC 4.0")]})).json()
    assert answer == {"values": [{"id": "1", **as_json(registry.normalize("license", "CC BY-NC 4.0"))}]}
