"""Whether the service lives and is ready are two questions; every answer has an id, and the figures add up."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest

from bulk.building import Builder
from normalizers import Registry
from service.problems import Kind
from service.routes import ROUTES
from service.schemas.operations import Health, LocalesAnswer, VocabulariesAnswer
from service.state import ENGINE
from tests.locale_folders import few_locales
from tests.service.conftest import Service, Start

READINGS = [("GET", "/v1/values/license?text=CC0"), ("GET", "/v1/vocabularies"), ("GET", "/v1/locales"), ("GET", "/readyz")]


async def wait_until_settled(service: Service) -> None:
    await asyncio.wait_for(service.app[ENGINE].settled.wait(), 120)


async def test_it_lives_before_it_is_ready(start: Start, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def build_when_told(_: Builder) -> Registry:
        assert gate.wait(60)
        return registry

    monkeypatch.setattr(Builder, "registry", build_when_told)
    service = await start(loaded=None)
    alive = await service.client.get("/healthz")
    assert (alive.status, alive.content_type, await alive.json(content_type=None)) == (200, "application/health+json", {"status": "pass"})
    for method, address in READINGS:
        response = await service.client.request(method, address)
        problem = await service.problem(response, 503)
        assert (problem["detail"], response.headers["Retry-After"]) == ("The language data is still being loaded.", "1")
    for address, content_type in [
        ("/v1/normalize", "text/plain"),
        ("/v1/normalize/stream", "application/x-ndjson"),
        ("/v1/values", "application/json"),
    ]:
        await service.problem(await service.client.post(address, data=b"{}", headers={"Content-Type": content_type}), 503)
    gate.set()
    await wait_until_settled(service)
    for method, address in READINGS:
        assert (await service.client.request(method, address)).status == 200
    (ready,) = (line for line in service.log() if line["event"] == "ready")
    assert ready["versions"] == dict(registry.versions)


async def test_it_builds_and_warms_the_real_registry(start: Start, registry: Registry) -> None:
    service = await start(loaded=None)
    await wait_until_settled(service)
    response = await service.client.get("/readyz")
    assert (response.status, Health().validate(await response.json(content_type=None))) == (200, {})
    assert service.app[ENGINE].registry().locales == registry.locales


async def test_faulty_language_data_leave_it_alive_and_never_ready(start: Start, tmp_path: Path) -> None:
    folder = few_locales(tmp_path / "locales")
    (folder / "ca.yaml").write_text("colour: blau\n", encoding="utf-8")
    service = await start(loaded=None, locales=folder)
    await wait_until_settled(service)
    assert (await service.client.get("/healthz")).status == 200
    problem = await service.problem(await service.client.get("/readyz"), 503)
    assert problem["detail"] == "The language data could not be loaded; the log names each fault."
    (line,) = (line for line in service.log() if line["event"] == "loading failed")
    assert any(re.search(r"ca\.yaml:1: .*colour", fault) for fault in line["faults"])


async def test_a_service_that_stops_says_so_and_still_answers(service: Service) -> None:
    service.app[ENGINE].draining = True
    await service.problem(await service.client.get("/readyz"), 503)
    response = await service.client.get("/v1/values/license?text=CC0")
    assert (response.status, response.headers["Connection"]) == (200, "close")
    assert (await service.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).endswith(b'{"status":"pass"}')


@pytest.mark.parametrize("given", ["1", "8c6c647e-c110:1/A+b=c_d.e", "x" * 128])
async def test_a_request_id_is_kept(service: Service, given: str) -> None:
    for address in ("/healthz", "/nowhere"):
        assert (await service.client.get(address, headers={"X-Request-ID": given})).headers["X-Request-ID"] == given
    assert [line["request_id"] for line in service.requests()] == [given] * 2


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, '{"a":1}', "caçat", "a;b"])
async def test_an_ill_formed_request_id_is_replaced(service: Service, given: str) -> None:
    response = await service.client.get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])
    assert service.requests()[0]["request_id"] == response.headers["X-Request-ID"]


async def test_request_ids_differ(service: Service) -> None:
    assert len({(await service.client.get("/healthz")).headers["X-Request-ID"] for _ in range(20)}) == 20


async def test_what_is_served_is_listed(service: Service, registry: Registry) -> None:
    vocabularies = await (await service.client.get("/v1/vocabularies")).json()
    assert VocabulariesAnswer().validate(vocabularies) == {}
    assert {"drets": vocabularies["drets"], **{item["name"]: item["version"] for item in vocabularies["vocabularies"]}} == dict(
        registry.versions
    )
    locales = await (await service.client.get("/v1/locales")).json()
    assert LocalesAnswer().validate(locales) == {}
    assert [item["tag"] for item in locales["locales"]] == sorted(registry.locales)


def figures(text: str) -> dict[str, float]:
    return {name: float(number) for name, number in re.findall(r"^(drets_\S+) (\S+)$", text, re.MULTILINE)}


async def test_figures_count_requests_and_values(service: Service) -> None:
    values: list[dict[str, Any]] = [
        {"id": "1", "field": "license", "text": text} for text in ("https://creativecommons.org/licenses/by/4.0/", "", "")
    ]
    await service.client.post("/v1/values", json={"values": values})
    await service.client.post("/v1/values", data=b"{")
    await service.client.get("/no/such/<path>")
    response = await service.client.get("/metrics")
    assert (response.status, response.content_type) == (200, "text/plain")
    found = figures(await response.text())
    assert found['drets_requests_total{method="POST",route="/v1/values",status="200"}'] == 1
    assert found['drets_requests_total{method="POST",route="/v1/values",status="415"}'] == 1
    assert found['drets_requests_total{method="GET",route="(unmatched)",status="404"}'] == 1
    assert found['drets_request_seconds_count{route="/v1/values"}'] == 2
    assert found['drets_values_total{field="license",method="url",status="matched"}'] == 1
    assert found['drets_values_total{field="license",method="none",status="unmatched"}'] == 2
    assert "<path>" not in await response.text()


async def test_two_applications_count_apart(start: Start) -> None:
    first, second = await start(), await start()
    await first.client.get("/healthz")
    assert "/healthz" not in await (await second.client.get("/metrics")).text()


async def test_the_log_is_json_and_holds_no_text_of_a_request(start: Start) -> None:
    service = await start(log_level="info")
    told = "Paraulesqueningúnohaescritmai"
    values = [{"id": told, "field": "license", "text": told}]
    await service.client.post("/v1/values", json={"values": values})
    await service.client.get("/v1/values/license", params={"text": told})
    await service.client.get(f"/{told}", headers={"User-Agent": told, "Referer": told, "X-Request-ID": told})
    await service.client.post("/v1/values", data=told.encode(), headers={"Content-Type": "application/json"})
    assert [line["status"] for line in service.requests()] == [200, 200, 404, 400]
    assert told not in json.dumps(service.log(), ensure_ascii=False)


async def test_each_request_is_one_line(service: Service) -> None:
    for _ in range(3):
        await service.client.get("/v1/values/license?text=CC0")
    lines = service.requests()
    assert len(lines) == 3
    for line in lines:
        assert {"request_id", "method", "route", "status", "duration_ms", "items", "outcomes", "timestamp", "level"} <= set(line)
        assert (line["route"], line["items"], sum(line["outcomes"].values())) == ("/v1/values/{field}", 1, 1)
        assert line["duration_ms"] > 0


def test_every_kind_of_problem_is_documented(checkout: Path) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", (checkout / "docs" / "http.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(kind.slug, str(kind.status)) for kind in Kind]


def test_every_route_is_documented(checkout: Path) -> None:
    """By a row of its own, or by one for all that begins so, which has a page of its own."""
    text = (checkout / "docs" / "http.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[`([A-Z]+) ([^`?]+)\??[^`]*`\]", text, re.MULTILINE)
    groups = tuple(re.findall(r"^\| \[`(/[^`]+)`\]\(\w+\.md\)", text, re.MULTILINE))
    assert sorted(rows) == sorted((route.method, route.path) for route in ROUTES if route.listed and not route.path.startswith(groups))
