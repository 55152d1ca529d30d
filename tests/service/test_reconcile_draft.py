"""The draft of version 1.0 of reconciliation: what it asks otherwise is answered as 0.2 answers the same question."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tests.service import reconciliation_schemas as schemas
from tests.service.conftest import Service
from tests.service.test_reconcile import ARTICLE, BY_NC_ND, CLEAR, OPEN

DRAFT = "application/reconciliation.v1+json"
BY = "https://creativecommons.org/licenses/by/4.0/"


def named(text: Any, **members: Any) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": text, **members}


def known(about: str, value: Any, **members: Any) -> dict[str, Any]:
    return {"matchType": "property", "propertyId": about, "propertyValue": value, **members}


async def match(service: Service, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
    response = await service.client.post("/reconcile/match", json={"queries": list(queries)})
    assert (response.status, response.content_type) == (200, "application/json"), await response.text()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    answer = await response.json()
    jsonschema.validate(answer, schemas.DRAFT_RESULTS)
    assert len(answer["results"]) == len(queries)
    return [result["candidates"] for result in answer["results"]]


@pytest.mark.parametrize(
    ("accept", "schema"),
    [
        (DRAFT, schemas.DRAFT_MANIFEST),
        (f"application/json;q=0.5, {DRAFT}", schemas.DRAFT_MANIFEST),
        ("application/json", schemas.MANIFEST),
        ("*/*", schemas.MANIFEST),
        (f"{DRAFT};q=0", schemas.MANIFEST),
    ],
)
async def test_the_manifest_is_that_of_the_version_that_is_asked_for(service: Service, accept: str, schema: schemas.Schema) -> None:
    response = await service.client.get("/reconcile", headers={"Accept": accept})
    manifest = await response.json(content_type=None)
    jsonschema.validate(manifest, schema)
    is_draft = schema is schemas.DRAFT_MANIFEST
    assert response.content_type == (DRAFT if is_draft else "application/json")
    assert "Accept" in response.headers["Vary"].split(", ")
    assert {"0.2", "1.0-draft"} <= set(manifest["versions"])


async def test_the_same_question_has_the_same_answer_in_both_versions(service: Service) -> None:
    texts = [*CLEAR, ("license", "CC BY-NC", ""), ("resource_type", "artcle de revsta", ""), ("language", "fre ; lat", "")]
    old = {str(place): {"query": text, "type": field} for place, (field, text, _) in enumerate(texts)}
    response = await service.client.post("/reconcile", data={"queries": json.dumps(old)})
    answered = await response.json()
    new = await match(service, *({"type": field, "conditions": [named(text)]} for field, text, _ in texts))
    assert new == [answered[key]["result"] for key in old]
    assert all(candidates for candidates in new)


async def test_an_identifier_is_its_entity(service: Service) -> None:
    found, none, other = await match(
        service,
        {"conditions": [{"matchType": "id", "propertyValue": ARTICLE}]},
        {"conditions": [{"matchType": "id", "propertyValue": ["nowhere/at/all"]}]},
        {"type": "license", "conditions": [{"matchType": "id", "propertyValue": ARTICLE}]},
    )
    assert [(candidate["id"], candidate["match"], candidate["score"]) for candidate in found] == [(ARTICLE, True, 100)]
    assert (none, other) == ([], [])


async def test_of_several_names_any_may_be_meant(service: Service) -> None:
    one, two = await match(
        service,
        {"type": "access_right", "conditions": [named(["accés obert", "open access"])]},
        {"type": "access_right", "conditions": [named("accés obert"), named("embargoed access")]},
    )
    assert (one[0]["id"], one[0]["match"]) == (OPEN, True)
    assert len({candidate["id"] for candidate in two if candidate["score"] == 100}) == 2
    assert not any(candidate["match"] for candidate in two)


async def test_conditions_on_properties_lower_or_keep_out(service: Service) -> None:
    text = named("CC BY 4.0")
    kept, lowered, kept_out, none, several = await match(
        service,
        {"type": "license", "conditions": [text, known("version", ["3.0", 4.0])]},
        {"type": "license", "conditions": [text, known("version", "3.0")]},
        {"type": "license", "conditions": [text, known("version", "3.0", required=True)]},
        {"type": "license", "conditions": [text, known("version", "4.0", matchQuantifier="none", required=True)]},
        {"type": "license", "conditions": [text, known("version", ["3.0", "4.0"], matchQuantifier="all")]},
    )
    assert (kept[0]["id"], kept[0]["match"]) == (BY, True)
    assert {"id": "version", "name": "Version of the license", "value": True} in kept[0]["features"]
    assert [(found[0]["id"], found[0]["match"], found[0]["score"]) for found in (lowered, several)] == [(BY, False, 70)] * 2
    assert BY not in {candidate["id"] for candidate in (*kept_out, *none)}


async def test_without_a_name_what_is_known_finds_the_entity(service: Service) -> None:
    (found, ported, nothing) = await match(
        service,
        {"conditions": [known("spdx", "CC-BY-4.0")]},
        {"conditions": [known("family", {"id": "CC-BY-NC-ND"}), known("jurisdiction", "es"), known("version", "3.0")]},
        {"conditions": [known("colour", "blue")]},
    )
    assert [(candidate["id"], candidate["match"]) for candidate in found] == [(BY, False)]
    assert [candidate["id"] for candidate in ported] == [BY_NC_ND]
    assert nothing == []


async def test_the_language_of_a_name_breaks_ties(service: Service) -> None:
    response = await service.client.post("/reconcile/match", json={"queries": [{"lang": "ca", "conditions": [named("Memòria")]}]})
    by_query = await response.json()
    for conditions in ([named("Memòria", lang="ca")], [named("Memòria"), known("locale", "ca")]):
        assert await match(service, {"conditions": conditions}) == [by_query["results"][0]["candidates"]]


async def test_facts_extend_a_table_row_by_row(service: Service) -> None:
    query = {"ids": [BY_NC_ND, ARTICLE, "nowhere/at/all"], "properties": [{"id": "version"}, {"id": "broader"}, {"id": "colour"}]}
    response = await service.client.post("/reconcile/extend", json=query, headers={"Accept": DRAFT})
    assert (response.status, response.content_type) == (200, DRAFT)
    answer = json.loads(await response.text())
    jsonschema.validate(answer, schemas.DRAFT_EXTENSION)
    assert [row["id"] for row in answer["rows"]] == query["ids"]
    assert answer["rows"][0]["properties"][0] == {"id": "version", "values": [{"str": "3.0"}]}
    assert answer["rows"][1]["properties"][1]["values"][0]["name"] == "journal"
    assert not any(about["values"] for about in answer["rows"][2]["properties"])


async def test_what_both_versions_have_is_at_the_addresses_of_the_draft(service: Service) -> None:
    proposed = await service.client.get("/reconcile/extend/propose", params={"type": "license"})
    jsonschema.validate(await proposed.json(), schemas.PROPOSED)
    suggested = await service.client.get("/reconcile/suggest/entity", params={"prefix": "catal"})
    jsonschema.validate(await suggested.json(), schemas.SUGGESTIONS)
    assert (await service.client.get("/reconcile/preview", params={"id": ARTICLE})).content_type == "text/html"


@pytest.mark.parametrize(
    ("batch", "pointer"),
    [
        ([], ""),
        ({}, "/queries"),
        ({"queries": {}}, "/queries"),
        ({"queries": [{}]}, "/queries/0/conditions"),
        ({"queries": [{"conditions": []}]}, "/queries/0/conditions"),
        ({"queries": [{"conditions": [{"propertyValue": "x"}]}]}, "/queries/0/conditions/0/matchType"),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "/queries/0/conditions/0/propertyValue"),
        ({"queries": [{"conditions": [named(None)]}]}, "/queries/0/conditions/0/propertyValue"),
        ({"queries": [{"conditions": [named({"name": "x"})]}]}, "/queries/0/conditions/0/propertyValue"),
        ({"queries": [{"conditions": [named("x", propertyId="spdx")]}]}, "/queries/0/conditions/0/propertyId"),
        ({"queries": [{"conditions": [{"matchType": "property", "propertyValue": "x"}]}]}, "/queries/0/conditions/0/propertyId"),
        ({"queries": [{"conditions": [named("x", matchQuantifier="none")]}]}, "/queries/0/conditions/0/matchQuantifier"),
        ({"queries": [{"conditions": [named("x", matchQuantifier="some")]}]}, "/queries/0/conditions/0/matchQuantifier"),
        ({"queries": [{"conditions": [{"matchType": "property", "pid": "spdx", "v": "x"}]}]}, "/queries/0/conditions/0/pid"),
        ({"queries": [{"conditions": [named("x")], "limit": 0}]}, "/queries/0/limit"),
        ({"queries": [{"conditions": [named(["x"] * 1_001)]}]}, "/queries"),
        ({"queries": [{"conditions": [named("x" * 60_000)]}]}, "/queries/0/conditions/0/propertyValue"),
    ],
)
async def test_what_is_no_query_is_refused_with_a_pointer_to_the_fault(service: Service, batch: Any, pointer: str) -> None:
    problem = await service.problem(await service.client.post("/reconcile/match", json=batch), 422)
    assert pointer in {fault["pointer"] for fault in problem["errors"]}
