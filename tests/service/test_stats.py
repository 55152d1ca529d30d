"""``/v1/stats``: figures over time, which agree with those for Prometheus and survive a restart."""

from __future__ import annotations

import asyncio
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.history import Figures, Recorder, read_series
from service.history.table import HISTORY, STEP
from service.logs import build_logger
from service.schemas.stats import StatsAnswer
from service.settings import Settings
from service.state import HISTORY as RECORDER
from service.store import now, open_store
from tests.service.conftest import Service, Start

APART = ("/v1/stats", "/metrics", "/healthz", "/readyz", "/assets", "/docs", "/openapi.json")


async def work(service: Service) -> None:
    for text in ("CC BY 4.0", "nonsense", "All rights reserved", "CC BY"):
        await service.client.get("/v1/values/license", params={"text": text})
    await service.client.post("/v1/normalize", json={"title": "x", "language": "Anglès", "rights": "CC0"})
    await service.client.get("/v1/values/nonsense", params={"text": "x"})
    await service.client.get("/nowhere")
    await service.client.get("/healthz")


async def stats(service: Service) -> dict[str, Any]:
    await service.app[RECORDER].write()
    response = await service.client.get("/v1/stats")
    answer: dict[str, Any] = await response.json()
    assert StatsAnswer().validate(answer) == {}
    return answer


def summed(points: list[dict[str, Any]]) -> tuple[Counter[str], Counter[tuple[str, str]], Counter[str]]:
    requests, values, issues = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    for point in points:
        requests.update(point["requests"])
        issues.update(point["issues"])
        for name, statuses in point["values"].items():
            values.update({(name, status): count for status, count in statuses.items()})
    return requests, values, issues


async def test_the_figures_agree_with_those_for_prometheus(service: Service) -> None:
    await work(service)
    requests, values, issues = summed((await stats(service))["points"])
    told = (Counter[str](), Counter[tuple[str, str]](), Counter[str]())
    for family in text_string_to_metric_families(await (await service.client.get("/metrics")).text()):
        for sample in family.samples:
            labels, count = sample.labels, int(sample.value) if sample.name.endswith("_total") else 0
            if sample.name == "drets_requests_total" and not labels["route"].startswith(APART):
                told[0][f"{labels['status'][0]}xx"] += count
            elif sample.name == "drets_values_total":
                told[1][labels["field"], labels["status"]] += count
            elif sample.name == "drets_issues_total":
                told[2][labels["code"]] += count
    assert (requests, values, issues) == told
    assert requests == {"2xx": 5, "4xx": 2}
    assert values["license", "unmatched"] == 1
    assert issues["version_missing"] >= 1


async def test_figures_survive_a_restart_and_two_processes_add_up(start: Start, tmp_path: Path) -> None:
    first, second = await start(state=tmp_path), await start(state=tmp_path)
    for service in (first, second):
        await work(service)
        await service.app[RECORDER].write()
    third = await start(state=tmp_path)
    requests, _, _ = summed((await stats(third))["points"])
    assert requests == {"2xx": 10, "4xx": 4}


async def test_events_tell_of_new_figures(start: Start) -> None:
    service = await start(history_seconds=0.05)
    async with service.client.get("/v1/stats/events") as response:
        assert response.content_type == "text/event-stream"
        await work(service)
        async with asyncio.timeout(10):
            async for line in response.content:
                if line.startswith(b"data: ") and summed(json.loads(line[6:])["points"])[0]["2xx"] == 5:
                    break


async def test_what_is_too_old_is_forgotten(tmp_path: Path) -> None:
    store = await open_store(None, tmp_path)
    recorder = Recorder(store, build_logger(Settings(), io.StringIO()), flush=lambda: None, every=60, days=1)
    old = int(now()) // STEP * STEP - 2 * 86_400
    async with store.write() as connection:
        await connection.execute(HISTORY.insert().values(start=old, process="another", figures=json.dumps(Figures().as_json())))
    recorder.note_request("/v1/values", 200, 0.01)
    await recorder.write()
    assert next(point.at for point in await read_series(store, since=0)) == old
    recorder._start -= STEP  # noqa: SLF001 -- a minute later, without waiting for it
    await recorder.write()
    assert old not in [point.at for point in await read_series(store, since=0)]
    await store.close()


@pytest.mark.parametrize("hours", ["0", "x", "999999", "-1"])
async def test_a_faulty_question_is_pointed_at(service: Service, hours: str) -> None:
    problem = await service.problem(await service.client.get("/v1/stats", params={"hours": hours}), 422)
    assert [fault["pointer"] for fault in problem["errors"]] == ["/query/hours"]


def test_quantiles_are_those_of_prometheus() -> None:
    figures = Figures()
    assert figures.quantile(0.99) is None
    for _ in range(90):
        figures.note_request(200, 0.0007)
    for _ in range(10):
        figures.note_request(500, 100)
    assert figures.quantile(0.5) == pytest.approx(0.5 / 0.9 * 0.001, rel=1e-3)
    assert figures.quantile(0.99) == 60.0
    assert Figures.from_json(figures.as_json()) == figures
