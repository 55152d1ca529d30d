"""References as programs exchange them, as bodies of ``POST /v1/normalize``: read like the library reads them, or refused."""

from __future__ import annotations

import pytest

from normalizers import Registry
from service.handlers.normalize import OBJECTS, TEXTS
from service.schemas.records import RecordAnswer
from tests.service.conftest import Service

CSL = b'{"type": "book", "title": "Salt", "issued": {"date-parts": [[2001]]}, "author": [{"family": "Doe", "given": "Jane"}]}'
DATACITE = b'{"data": {"attributes": {"titles": [{"title": "Salt"}], "creators": [{"name": "Doe, Jane"}], "publicationYear": 2001}}}'
SCHEMA_ORG = (
    b'{"@context": "https://schema.org", "@type": "Book", "name": "Salt", "author": {"name": "Doe, Jane"}, "datePublished": "2001"}'
)
RIS = b"TY  - BOOK\r\nTI  - Salt\r\nAU  - Doe, Jane\r\nPY  - 2001\r\nER  - \r\n"
BIBTEX = b'@string{s = "Salt"} @book{a, title = s, author = {Doe, Jane}, year = 2001}'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/vnd.citationstyles.csl+json", CSL),
        ("application/vnd.datacite.datacite+json", DATACITE),
        ("application/ld+json", SCHEMA_ORG),
        ("application/x-research-info-systems", RIS),
        ("application/x-bibtex", BIBTEX),
    ],
)
async def test_a_reference_is_read(service: Service, registry: Registry, content_type: str, body: bytes) -> None:
    response = await service.client.post("/v1/normalize", data=body, headers={"Content-Type": content_type})
    answer = await response.json()
    assert response.status == 200, answer
    assert answer == registry.normalize_record(body.decode(), format={**OBJECTS, **TEXTS}[content_type])
    assert RecordAnswer().validate(answer) == {}
    assert answer["metadata"]["title"] == "Salt"
    assert answer["metadata"]["creators"][0]["family"] == "Doe"
    assert answer["metadata"]["dates"] == {"issued": "2001"}


@pytest.mark.parametrize(
    ("body", "content_type", "status", "detail"),
    [
        (b"no reference", "application/x-bibtex", 400, "no entry"),
        (b"@book{a, title = {Salt} year = 2001}", "application/x-bibtex", 400, "a comma is missing"),
        (b"@book{a, title = {Salt}}\n@book{b, title = {Pepper}}", "application/x-bibtex", 422, "2 entries"),
        (b"TI  - Salt", "application/x-research-info-systems", 400, "TY"),
        (RIS * 2, "application/x-research-info-systems", 422, "the only one"),
        (b"[]", "application/vnd.citationstyles.csl+json", 422, "object"),
        (b"{", "application/vnd.datacite.datacite+json", 400, ""),
    ],
)
async def test_what_is_no_reference_is_refused(service: Service, body: bytes, content_type: str, status: int, detail: str) -> None:
    response = await service.client.post("/v1/normalize", data=body, headers={"Content-Type": content_type})
    problem = await response.json()
    assert response.status == status, problem
    assert detail in str(problem)
