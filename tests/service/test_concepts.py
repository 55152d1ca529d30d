"""``/v1/concepts``: people find what a field can be answered with, in their language."""

from __future__ import annotations

from typing import Any

import pytest

from normalizers import OVERRIDABLE, Registry
from service.terms.decisions import check_identifier
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


def test_every_concept_can_be_decided_for_but_families_that_only_gather_others(registry: Registry) -> None:
    listed = [entity for field in OVERRIDABLE if field != "language" for entity in registry.catalogue.highest(field)]
    for entity in listed:
        listed += registry.catalogue.narrower(entity)
    assert len(listed) > 800
    refused = {entity.identifier for entity in listed if check_identifier(registry, entity.field, entity.identifier)}
    assert {"CC0", "PDM", "Apache"} <= refused
    assert {entity.identifier for entity in listed if entity.identifier in refused and not registry.catalogue.narrower(entity)} == set()


async def test_it_is_told_which_concepts_can_be_decided_for(service: Service) -> None:
    (family,) = await find(service, field="license", identifier="CC0")
    (tool,) = await find(service, field="license", below="CC0")
    assert (family["decidable"], tool["decidable"]) == (False, True)
    assert [concept["label"] for concept in await find(service, field="license", below="GPL", limit="3")][1:] == [
        "GPL 1.0 or later",
        "GPL 2.0",
    ]


async def test_a_language_is_found_by_its_name_in_the_language_of_the_reader(service: Service) -> None:
    assert (await find(service, field="language", q="alem", locale="ca"))[0] == {
        "identifier": "de",
        "label": "alemany",
        "path": [],
        "narrower": 0,
        "decidable": True,
    }


@pytest.mark.parametrize("query", [{"identifier": "http://none"}, {"below": "http://none"}, {"identifier": "ca"}])
async def test_what_is_none_is_not_listed(service: Service, query: dict[str, str]) -> None:
    assert await find(service, field="resource_type", **query) == []


@pytest.mark.parametrize("query", [{}, {"field": "date"}, {"field": "license", "limit": "0"}, {"field": "license", "sort": "up"}])
async def test_a_question_that_is_none_is_refused(service: Service, query: dict[str, str]) -> None:
    problem = await service.problem(await service.client.get("/v1/concepts", params=query), 422)
    assert problem["errors"][0]["pointer"].startswith("/query/")
