"""``POST /v1/normalize``: a page or an object in, the same clean record out."""

from __future__ import annotations

import gzip
import json
import sys
from importlib.resources import files
from typing import Any

import pytest

from normalizers import Registry
from service.schemas.records import RecordAnswer
from tests.service.conftest import Service, Start

SAMPLE = (files("service") / "samples" / "record.txt").read_text(encoding="utf-8")
RECORD: dict[str, Any] = {
    "dc:title": "Els molins de la vall",
    "dc:rights": ["CC BY 4.0", "© 2019 Universitat de Vallnova"],
    "dc.language.iso": "cat",
    "dc:date": "2019",
}
PAGE = {"Content-Type": "text/plain; charset=UTF-8"}


async def test_the_sample_page_is_normalized(service: Service, registry: Registry) -> None:
    response = await service.client.post("/v1/normalize", data=SAMPLE.encode(), headers=PAGE)
    answer = await response.json()
    assert (response.status, response.content_type) == (200, "application/json")
    assert answer == registry.normalize_record(SAMPLE, format="text")
    assert RecordAnswer().validate(answer) == {}


async def test_the_sample_page_shows_what_drets_does(service: Service) -> None:
    answer = await (await service.client.post("/v1/normalize", data=SAMPLE.encode(), headers=PAGE)).json()
    decided = {decision["field"]: decision for decision in answer["decisions"]}
    assert decided["language"]["identifiers"] == ["ca"]
    assert decided["license"]["identifiers"] == ["CC-BY-ND"]
    assert decided["license"]["license"]["permissions"]["commercial_use"] is True
    assert answer["metadata"]["title"]


async def test_an_object_is_normalized(service: Service, registry: Registry) -> None:
    response = await service.client.post("/v1/normalize", json=RECORD)
    answer = await response.json()
    assert (response.status, answer) == (200, registry.normalize_record(RECORD, format="json"))
    assert RecordAnswer().validate(answer) == {}


async def test_equal_questions_get_equal_bytes(service: Service) -> None:
    first, second = [await (await service.client.post("/v1/normalize", json=RECORD)).read() for _ in range(2)]
    assert first == second


async def test_a_large_record_is_read_the_same_in_the_thread(start: Start, registry: Registry) -> None:
    service = await start(thread_bytes=1)
    answer = await (await service.client.post("/v1/normalize", json=RECORD)).json()
    assert answer == registry.normalize_record(RECORD, format="json")


async def test_a_compressed_body_is_read(service: Service, registry: Registry) -> None:
    body = gzip.compress(json.dumps(RECORD).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = await service.client.post("/v1/normalize", data=body, headers=headers)
    assert await response.json() == registry.normalize_record(RECORD, format="json")


@pytest.mark.parametrize("document", [[], "Title: x", 1, None, [RECORD]])
async def test_only_an_object_is_a_record(service: Service, document: Any) -> None:
    response = await service.client.post("/v1/normalize", data=json.dumps(document), headers={"Content-Type": "application/json"})
    problem = await service.problem(response, 422)
    assert problem["errors"] == [{"pointer": "", "detail": "A record is an object."}]


async def test_the_log_counts_what_was_read_and_quotes_none_of_it(service: Service) -> None:
    response = await service.client.post("/v1/normalize", json=RECORD)
    answer = await response.json()
    (line,) = service.requests()
    assert (line["route"], line["method"], line["status"], line["items"]) == ("/v1/normalize", "POST", 200, 1)
    assert line["received"] == len(json.dumps(RECORD))
    assert sum(line["outcomes"].values()) == len(answer["decisions"])
    assert "Vallnova" not in service.written.getvalue()


SPANISH = {"dc:title": "Los antiguos molinos de agua del valle y su influencia en el paisaje de toda la comarca", "dc:language": "cat"}


async def test_languages_are_detected_where_that_is_asked_for(service: Service, registry: Registry) -> None:
    answers = {}
    for query in ("", "?detect=false", "?detect=true"):
        response = await service.client.post(f"/v1/normalize{query}", json=SPANISH)
        answers[query] = await response.json()
        assert RecordAnswer().validate(answers[query]) == {}
    assert answers[""] == answers["?detect=false"] == registry.normalize_record(SPANISH, format="json")
    assert answers["?detect=true"] == registry.normalize_record(SPANISH, format="json", detect=True)
    assert [issue["code"] for issue in answers["?detect=true"]["issues"]] == ["language_disagrees"]


@pytest.mark.parametrize(("query", "pointer"), [("detect=perhaps", "/query/detect"), ("detekt=true", "/query/detekt")])
async def test_a_wish_that_is_none_is_refused(service: Service, query: str, pointer: str) -> None:
    problem = await service.problem(await service.client.post(f"/v1/normalize?{query}", json=SPANISH), 422)
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]


@pytest.mark.parametrize("address", ["/v1/normalize", "/v1/normalize/stream"])
async def test_without_the_detector_the_wish_is_refused(
    service: Service, registry: Registry, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setitem(sys.modules, "lingua", None)
    monkeypatch.delitem(registry.__dict__, "_loaded_detector", raising=False)
    kind = "application/x-ndjson" if address.endswith("stream") else "application/json"
    response = await service.client.post(f"{address}?detect=true", data=json.dumps(SPANISH), headers={"Content-Type": kind})
    problem = await service.problem(response, 501)
    assert "pip install 'drets[detect]'" in problem["detail"]
