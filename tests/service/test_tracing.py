"""Traces arrive at a collector as OpenTelemetry wants them, and hold nothing that a client wrote."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from service.tally import Answered
from service.tracing import TracingError, open_tracing
from tests.processes import launching
from tests.service.conftest import Start

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
WRITTEN = "Molins fariners de la vall"


class Collector:
    """Takes spans as a collector does, by OTLP over HTTP on this machine."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def take(self, request: web.Request) -> web.Response:
        assert request.content_type == "application/x-protobuf"
        self.bodies.append(await request.read())
        return web.Response(content_type="application/x-protobuf")

    def resources(self) -> list[Any]:
        return [resource for body in self.bodies for resource in ExportTraceServiceRequest.FromString(body).resource_spans]

    async def spans(self, count: int) -> list[Span]:
        """Wait for spans; they come in batches."""
        for _ in range(1200):
            found = [span for resource in self.resources() for scope in resource.scope_spans for span in scope.spans]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.05)
        raise AssertionError(f"{count} spans did not come")


@pytest.fixture
async def collector(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Collector]:
    """Run a collector, and have services that start afterwards send to it."""
    taken, app = Collector(), web.Application()
    app.router.add_post("/v1/traces", taken.take)
    async with TestServer(app) as server:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", str(server.make_url("")).rstrip("/"))
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        yield taken


def attributes(of: Any) -> dict[str, Any]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in of.attributes}


async def test_a_request_is_one_span_below_the_one_the_client_names(collector: Collector, start: Start) -> None:
    service, began = await start(), time.time_ns()
    values = [{"id": str(number), "field": "license", "text": WRITTEN} for number in range(3)]
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "tracestate": "vendor=secret", "X-Request-ID": "secret-id"}
    async with service.client.post("/v1/values", json={"values": values}, headers=headers) as response:
        assert response.status == 200
    (span,) = await collector.spans(1)
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, PARENT)
    assert (span.name, span.kind) == ("POST /v1/values", Span.SPAN_KIND_SERVER)
    assert attributes(span) == {
        "http.request.method": "POST",
        "http.route": "/v1/values",
        "http.response.status_code": 200,
        "drets.items": 3,
    }
    assert began <= span.start_time_unix_nano <= span.end_time_unix_nano <= time.time_ns()
    assert service.requests()[-1]["trace"] == TRACE
    assert not any(word in body for body in collector.bodies for word in (WRITTEN.encode(), b"secret"))
    (resource,) = collector.resources()
    assert attributes(resource.resource)["service.name"] == "drets"


async def test_a_request_that_names_no_trace_begins_one(collector: Collector, start: Start) -> None:
    service = await start()
    for traceparent in ("", "rubbish", f"00-{'0' * 32}-{PARENT}-01"):
        await service.client.get(f"/{WRITTEN}", headers={"traceparent": traceparent})
    spans = await collector.spans(3)
    assert len({span.trace_id for span in spans}) == 3
    for span in spans:
        assert not span.parent_span_id
        assert span.name == "GET (unmatched)"
        assert attributes(span)["drets.problem"] == "not-found"
        assert span.status.code == Status.STATUS_CODE_UNSET
    assert not any(b"Molins" in body for body in collector.bodies)


async def test_a_failure_is_marked(collector: Collector, start: Start) -> None:
    service = await start(loaded=None, locales=Path("/no/such/folder"))
    assert (await service.client.get("/readyz")).status == 503
    (span,) = await collector.spans(1)
    assert span.status.code == Status.STATUS_CODE_ERROR


async def test_a_trace_that_is_not_sampled_is_not_sent(collector: Collector, start: Start) -> None:
    service = await start()
    await service.client.get("/healthz", headers={"traceparent": f"00-{TRACE}-{PARENT}-00"})
    await service.client.get("/healthz")
    (span,) = await collector.spans(1)
    assert span.trace_id.hex() != TRACE


async def test_what_is_left_is_sent_at_the_end(collector: Collector, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")
    service = await start()
    await service.client.get("/healthz")
    await service.client.close()
    assert len(await collector.spans(1)) == 1


def test_a_collector_that_never_answers_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://{}:{}".format(*silent.getsockname()))
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "600")
        tracing = open_tracing(os.environ)
        assert tracing is not None
        tracing.note(Answered("GET", "/healthz", 200, 0.001, 0, None), "")
        began = time.monotonic()
        tracing.close()
        assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": ""},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"},
    ],
)
def test_nothing_is_sent_unless_it_is_asked_for(environment: dict[str, str]) -> None:
    assert open_tracing(environment) is None


def test_nothing_is_loaded_unless_it_is_asked_for() -> None:
    look = "import sys, service.run; print(sorted(name for name in sys.modules if name.startswith(('opentelemetry', 'bibtexparser', 'pylatexenc'))))"
    shown = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert shown.stdout == "[]\n"


def test_another_protocol_is_refused() -> None:
    with pytest.raises(TracingError, match="http/protobuf only"):
        open_tracing({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})


async def test_without_the_extra_the_service_says_so_and_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "opentelemetry.py").write_text("raise ImportError('as if it were not installed')\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    with launching(tmp_path) as launch:
        process = launch()
        assert await process.ended(60) == 3
        assert "pip install 'drets[telemetry]'" in "".join(process.written)
