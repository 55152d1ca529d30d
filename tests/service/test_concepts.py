"""``/v1/concepts``: people find what a field can be answered with, in their language."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import OVERRIDABLE
from tests.service.conftest import Service

THESIS = "http://purl.org/coar/resource_type/c_46ec"


async def find(service: Service, **query: str) -> list[dict[str, Any]]:
    response = await service.client.get("/v1/concepts", params=query)
    assert response.status == 200, await response.text()
    found: list[dict[str, Any]] = (await response.json())["concepts"]
    return found


async def test_a_concept_is_found_by_a_name_with_the_way_to_it(service: Service) -> None:
    (found,) = await find(service, field="resource_type", q="tesi", locale="ca", limit="1")
    assert (found["identifier"], found["label"]) == (THESIS, "tesi")
    assert [above["label"] for above in found["path"]] == ["text"]
    assert found["narrower"] == len(await find(service, field="resource_type", below=THESIS))


async def test_without_a_name_the_highest_are_listed(service: Service) -> None:
    assert all(concept["path"] == [] for concept in await find(service, field="resource_type", limit="100"))


async def test_a_name_is_in_english_where_the_language_has_none(service: Service) -> None:
    (found,) = await find(service, field="license", identifier="https://creativecommons.org/licenses/by/4.0/", locale="xx")
    assert found["label"] == "CC BY 4.0"


async def test_every_field_that_is_decided_on_has_concepts(service: Service) -> None:
    for field in OVERRIDABLE:
        assert await find(service, field=field, limit="1"), field
    assert {concept["identifier"].rpartition("/")[2] for concept in await find(service, field="peer_review")} == {
        "PeerReviewed",
        "NonPeerReviewed",
    }


async def test_a_language_is_found_by_its_name_in_the_language_of_the_reader(service: Service) -> None:
    assert (await find(service, field="language", q="alem", locale="ca"))[0] == {
        "identifier": "de",
        "label": "alemany",
        "path": [],
        "narrower": 0,
    }


@pytest.mark.parametrize("query", [{"identifier": "http://none"}, {"below": "http://none"}, {"identifier": "ca"}])
async def test_what_is_none_is_not_listed(service: Service, query: dict[str, str]) -> None:
    assert await find(service, field="resource_type", **query) == []


@pytest.mark.parametrize("query", [{}, {"field": "date"}, {"field": "license", "limit": "0"}, {"field": "license", "sort": "up"}])
async def test_a_question_that_is_none_is_refused(service: Service, query: dict[str, str]) -> None:
    problem = await service.problem(await service.client.get("/v1/concepts", params=query), 422)
    assert problem["errors"][0]["pointer"].startswith("/query/")
