"""Traces for OpenTelemetry: one span a request, sent where its standard variables say. Nothing of it is loaded where they say nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from threading import Thread
from typing import TYPE_CHECKING

from service.tally import Answered

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_PROTOCOL = "http/protobuf"
_NANO = 1_000_000_000
_LAST_SECONDS = 3.0


class TracingError(Exception):
    """Traces are asked for and cannot be sent."""


class Tracing:
    """Makes spans, and sends them in batches from a thread of its own."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("drets", version("drets"))

    def note(self, answered: Answered, traceparent: str) -> str:
        """Make the span of an answered request, below the one that the client names, and give the id of its trace.

        Of the W3C headers only ``traceparent`` is read: ``tracestate`` may hold any text.
        """
        from opentelemetry.trace import SpanKind, StatusCode, format_trace_id  # noqa: PLC0415 -- only where it is wanted
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415 -- the same

        ended = time.time_ns()
        span = self._tracer.start_span(
            f"{answered.method} {answered.route}",
            context=TraceContextTextMapPropagator().extract({"traceparent": traceparent}),
            kind=SpanKind.SERVER,
            attributes=_attributes(answered),
            start_time=ended - round(answered.seconds * _NANO),
        )
        if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            span.set_status(StatusCode.ERROR)
        span.end(ended)
        return format_trace_id(span.get_span_context().trace_id)

    def close(self) -> None:
        """Send what is left, for some seconds at most: the library would wait half a minute for a collector that is away."""
        closing = Thread(target=self._provider.shutdown, name="drets-tracing", daemon=True)
        closing.start()
        closing.join(_LAST_SECONDS)


def open_tracing(environment: Mapping[str, str]) -> Tracing | None:
    """Make ready to send spans, or give None where no endpoint is named or tracing is switched off.

    The exporter itself reads the variables for headers, certificates, time limits, sampling and batches.

    Raises:
        TracingError: The extra is missing, or another protocol is asked for.
    """
    if not _is_wanted(environment):
        return None
    protocol = next((environment[name] for name in PROTOCOLS if environment.get(name)), _PROTOCOL)
    if protocol != _PROTOCOL:
        raise TracingError(f"traces are sent by {_PROTOCOL} only, and {' or '.join(PROTOCOLS)} asks for another protocol")
    try:
        return Tracing(_provider())
    except ImportError as missing:
        raise TracingError(f"{ENDPOINTS[1]} is set, and traces need an extra; install it with: pip install 'drets[telemetry]'") from missing


def _is_wanted(environment: Mapping[str, str]) -> bool:
    is_off = environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none"
    return not is_off and any(environment.get(name) for name in ENDPOINTS)


def _provider() -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 -- only where it is wanted
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource  # noqa: PLC0415 -- the same
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 -- the same
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 -- the same

    # What the environment says of the resource comes before our own name.
    named = Resource.create({"service.name": "drets", "service.version": version("drets")}).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=named, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _attributes(answered: Answered) -> dict[str, str | int]:
    """Name what is known as OpenTelemetry's conventions for HTTP do, and what is ours by our own name."""
    problem = {"drets.problem": answered.problem} if answered.problem else {}
    return {
        "http.request.method": "_OTHER" if answered.method == "OTHER" else answered.method,
        "http.route": answered.route,
        "http.response.status_code": answered.status,
        "drets.items": answered.items,
        **problem,
    }
