"""`POST /v1/normalize` in the terms of a target: chosen by Accept or by the address, with an account of what is left unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from normalizers import Registry
from normalizers.records.crosswalks import TARGETS
from service.schemas.records import CrossedAnswer
from tests.service.conftest import Service

RECORD: dict[str, Any] = {"dc:title": "Els molins & la vall", "dc:type": "article", "dc:rights": "CC BY 4.0", "dc.language.iso": "cat"}
OPENAIRE = 'application/xml; profile="http://namespace.openaire.eu/schema/oaire/"'
OAI_DC = 'text/xml;profile="http://www.openarchives.org/OAI/2.0/oai_dc/"'
DATACITE = "application/vnd.datacite.datacite+json"


@pytest.mark.parametrize(
    ("accept", "query", "to"),
    [
        (DATACITE, "", "datacite"),
        ("application/vnd.citationstyles.csl+json", "", "csl"),
        ("application/ld+json", "", "schema_org"),
        ("application/vnd.schemaorg.ld+json", "", "schema_org"),
        (OPENAIRE, "", "openaire"),
        (OAI_DC, "", "oai_dc"),
        ("text/html, application/json;q=0.1, application/vnd.datacite.datacite+json;q=0.8", "", "datacite"),
        (None, "?to=openaire", "openaire"),
        ("*/*", "?to=csl", "csl"),
        ("application/xml", "?to=oai_dc", "oai_dc"),
    ],
)
async def test_the_document_is_answered_alone(service: Service, registry: Registry, accept: str | None, query: str, to: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = await service.client.post(f"/v1/normalize{query}", json=RECORD, headers=headers)
    body = await response.read()
    crossing = registry.cross(registry.normalize_record(RECORD, format="json")["metadata"], to=to)
    assert (response.status, response.content_type) == (200, TARGETS[to].media_type)
    if TARGETS[to].is_json:
        assert await response.json(content_type=None) == crossing.document
    else:
        assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
        assert etree.canonicalize(body.decode()) == etree.canonicalize(TARGETS[to].dump(crossing.document).decode())
    assert response.headers["Drets-Unsaid"] == str(len(crossing.unsaid))
    assert response.headers.get("Drets-Lacks", "") == ", ".join(lack.element for lack in crossing.lacks)
    assert "Accept" in response.headers["Vary"].split(", ")


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "text/html, application/*;q=0.2", "application/vnd.x;q=1, */*;q=0.1"])
async def test_without_a_wish_the_answer_is_as_ever(service: Service, registry: Registry, accept: str | None) -> None:
    response = await service.client.post("/v1/normalize", json=RECORD, headers={"Accept": accept} if accept else {})
    assert await response.json() == registry.normalize_record(RECORD, format="json")


@pytest.mark.parametrize("to", TARGETS)
async def test_where_json_is_asked_for_the_document_stands_in_the_answer(service: Service, registry: Registry, to: str) -> None:
    response = await service.client.post(f"/v1/normalize?to={to}", json=RECORD, headers={"Accept": "application/json"})
    answer = await response.json()
    assert CrossedAnswer().validate(answer) == {}
    crosswalk = answer.pop("crosswalk")
    assert answer == registry.normalize_record(RECORD, format="json")
    assert crosswalk["to"] == to
    for part in crosswalk["unsaid"]:
        found: Any = answer
        for step in part["pointer"].split("/")[1:]:
            found = found[int(step)] if isinstance(found, list) else found[step]


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("text/html", ""),
        ("application/xml", ""),
        ('application/xml; profile="urn:x"', ""),
        (f"{DATACITE};q=0", ""),
        ("application/xml", "?to=datacite"),
        (DATACITE, "?to=csl"),
        ("application/json;q=x", ""),
        (",;,", ""),
        ("text/h\u00e9, \u2028;q=\u00b2", ""),
    ],
)
async def test_a_type_that_there_is_not_is_refused(service: Service, accept: str, query: str) -> None:
    response = await service.client.post(f"/v1/normalize{query}", json=RECORD, headers={"Accept": accept})
    problem = await service.problem(response, 406)
    assert "application/json" in problem["detail"]


async def test_a_target_that_there_is_not_is_refused(service: Service) -> None:
    problem = await service.problem(await service.client.post("/v1/normalize?to=marc", json=RECORD), 422)
    assert problem["errors"][0]["pointer"] == "/query/to"
