"""Figures for Prometheus. No label holds anything that a client wrote."""

from __future__ import annotations

from collections import Counter

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client import Counter as CounterMetric

from service.exchange import Outcome

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)


class Metrics:
    """The figures of one application, in a collector registry of its own, so that two applications never mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = CounterMetric("drets_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry)
        self._seconds = Histogram("drets_request_seconds", "Time to answer.", ("route",), buckets=_BUCKETS, registry=self._registry)
        self._values = CounterMetric("drets_values", "Values read.", ("field", "status", "method"), registry=self._registry)

    def note_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def note_outcomes(self, outcomes: Counter[Outcome]) -> None:
        """Count readings by field, status and method, and empty the counter, so that none is counted twice."""
        for outcome, count in outcomes.items():
            self._values.labels(*outcome).inc(count)
        outcomes.clear()

    def render(self) -> bytes:
        """Write all figures in the text format of Prometheus."""
        return generate_latest(self._registry)
