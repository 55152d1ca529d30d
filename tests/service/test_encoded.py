"""XML and MARC as bodies of ``POST /v1/normalize``: read like the library reads them, refused with the problem that fits."""

from __future__ import annotations

import pymarc
import pytest

from normalizers import Registry
from service.handlers.normalize import ENCODED
from service.schemas.records import RecordAnswer
from tests.service.conftest import Service

DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Café</dc:title><dc:rights>CC BY 4.0</dc:rights></oai_dc:dc>"
)
MODS = '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Salt</title></titleInfo></mods>'
PAGE = '<!doctype html><html><head><meta name="citation_title" content="Salt"></head><body></body></html>'
XML = {"Content-Type": "application/xml"}


def marc() -> bytes:
    made = pymarc.Record(leader="00000nam a2200000 a 4500")
    made.fields = [pymarc.Field("245", pymarc.Indicators("1", "0"), [pymarc.Subfield("a", "Salt /")])]
    return made.as_marc()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/xml", DC.encode()),
        ("text/xml; charset=UTF-8", b"\xef\xbb\xbf" + DC.encode()),
        ("application/xml", f'<?xml version="1.0" encoding="latin-1"?>{DC}'.encode("latin-1")),
        ("application/xml", f'<?xml version="1.0" encoding="utf-16"?>{DC}'.encode("utf-16")),
        ("application/mods+xml", MODS.encode()),
        ("application/marc", marc()),
        ("text/html", PAGE.encode()),
    ],
)
async def test_what_says_its_encoding_is_read(service: Service, registry: Registry, content_type: str, body: bytes) -> None:
    response = await service.client.post("/v1/normalize", data=body, headers={"Content-Type": content_type})
    answer = await response.json()
    assert response.status == 200, answer
    assert answer == registry.normalize_record(body, format=ENCODED[content_type.partition(";")[0]])
    assert RecordAnswer().validate(answer) == {}
    assert answer["metadata"]["title"] in {"Café", "Salt"}


@pytest.mark.parametrize(
    ("body", "content_type", "status", "detail"),
    [
        (b"", "application/xml", 400, ""),
        (b"Title: x", "application/xml", 400, "not well-formed"),
        (DC[:-20].encode(), "application/xml", 400, "line 1"),
        (DC.encode("latin-1"), "application/xml", 400, "not UTF-8"),
        (b"<a>" * 300 + b"</a>" * 300, "application/xml", 400, "not well-formed"),
        (b"<a>" * 100 + b"</a>" * 100, "application/xml", 400, "deeper than 64"),
        (b"no marc", "application/marc", 400, "leader"),
        (b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><dc><title>&c;</title></dc>', "application/xml", 422, "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><dc>&b;</dc>', "text/xml", 422, "declares entities"),
        (b"<records><record/><record/></records>", "application/xml", 422, "there are 2"),
        (b'<OAI-PMH><error code="idDoesNotExist">no</error></OAI-PMH>', "application/xml", 422, "idDoesNotExist"),
        (b"<html><body>x</body></html>", "application/xml", 422, "HTML"),
        (b"<html><head></head></html>", "text/html", 422, "describes a work"),
        (DC.encode(), "application/mods+xml", 422, "no record of mods"),
        (DC.encode(), "application/atom+xml", 415, ""),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_reason(
    service: Service, body: bytes, content_type: str, status: int, detail: str
) -> None:
    response = await service.client.post("/v1/normalize", data=body, headers={"Content-Type": content_type})
    problem = await service.problem(response, status)
    assert detail in " ".join([problem["detail"], *(error["detail"] for error in problem.get("errors", ()))])


async def test_limits_hold_before_anything_is_parsed(service: Service) -> None:
    many = b"<a>" + b"<b>x</b>" * 30_000 + b"</a>"
    assert (
        "texts" in (await service.problem(await service.client.post("/v1/normalize", data=many, headers=XML), 422))["errors"][0]["detail"]
    )
