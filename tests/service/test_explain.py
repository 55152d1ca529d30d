"""``/v1/explain``: the way to an answer."""

from __future__ import annotations

import pytest

from normalizers import Registry
from service.schemas.values import Explanation
from tests.service.conftest import Service

TEXT = "Es permet la reproducció, sempre que no sigui amb finalitats comercials. Creative Commons"


async def test_the_clauses_of_a_rights_text_are_told(service: Service, registry: Registry) -> None:
    response = await service.client.post("/v1/explain", json={"field": "rights", "text": TEXT, "locale": "ca"})
    answer = await response.json()
    assert response.status == 200
    assert answer == registry.explain("rights", TEXT, locale="ca")
    assert Explanation().validate(answer) == {}
    assert [clause["opener"] for clause in answer["trace"]] == [None, "provided"]
    assert service.requests()[-1]["outcomes"] == {answer["result"]["status"]: 1}


async def test_other_fields_have_a_result_and_no_clauses(service: Service) -> None:
    answer = await (await service.client.post("/v1/explain", json={"field": "language", "text": "Anglès"})).json()
    assert (answer["result"]["identifiers"], answer["trace"]) == (["en"], [])


@pytest.mark.parametrize(
    ("document", "pointer"),
    [({"field": "nonsense", "text": ""}, "/field"), ({"field": "rights"}, "/text"), ({"field": "rights", "text": 1}, "/text"), ([], "")],
)
async def test_a_faulty_question_is_pointed_at(service: Service, document: object, pointer: str) -> None:
    problem = await service.problem(await service.client.post("/v1/explain", json=document), 422)
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
