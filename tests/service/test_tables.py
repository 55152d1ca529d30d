"""Tables as bodies of ``POST /v1/normalize``: one row is a record, and many are a job."""

from __future__ import annotations

import pytest

from normalizers import Registry
from service.schemas.records import RecordAnswer
from tests.service.conftest import Service


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/csv", "dc.title,dc.rights\nSalt,CC BY 4.0\n"),
        ("text/csv; charset=utf-8", "dc.title;dc.rights\r\nSalt;CC BY 4.0"),
        ("text/tab-separated-values", "dc.title\tdc.rights\nSalt\tCC BY 4.0\n"),
    ],
)
async def test_a_table_with_one_row_is_a_record(service: Service, registry: Registry, content_type: str, body: str) -> None:
    response = await service.client.post("/v1/normalize", data=body.encode(), headers={"Content-Type": content_type})
    answer = await response.json()
    assert response.status == 200, answer
    assert RecordAnswer().validate(answer) == {}
    assert answer == registry.normalize_record({"dc.title": "Salt", "dc.rights": "CC BY 4.0"}, format="json")


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        (b"dc.title,dc.rights\nSalt,CC BY\nPepper,CC BY\n", 422, "POST /v1/jobs"),
        (b"dc.title,dc.rights\n", 422, "no row"),
        (b"", 400, ""),
        ("dc.title,dc.rights\nCaf\u00e9,CC BY\n".encode("latin-1"), 400, "UTF-8"),
        (b'dc.title,dc.rights\n"Salt,CC BY\n', 400, ""),
    ],
)
async def test_any_other_table_is_refused_with_the_way_to_go(service: Service, body: bytes, status: int, detail: str) -> None:
    response = await service.client.post("/v1/normalize", data=body, headers={"Content-Type": "text/csv"})
    problem = await service.problem(response, status)
    assert detail in " ".join([problem["detail"], *(error["detail"] for error in problem.get("errors", ()))])
