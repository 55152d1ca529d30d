"""Figures for Prometheus. No label holds anything that a client wrote."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client import Counter as CounterMetric
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

from service.history.figures import BOUNDS
from service.tally import Answered, Counts, Tally

STATE: Mapping[str, str] = {
    "ready": "1 while readings are answered.",
    "active_requests": "Requests being answered.",
    "waiting_reads": "Records in or before the threads.",
    "registry_loaded_timestamp_seconds": "When the language data were loaded.",
    "store_up": "1 while the store answers.",
    "disk_free_bytes": "Room where the service keeps its state.",
}
"""What is measured at the moment that the figures are asked for, and where several processes serve, every few seconds."""


_EACH: Final = "liveall"
"""How a process stands is told of each that lives, by its id."""

_ONE: Final = "mostrecent"
"""What is the same for all processes, such as the jobs in the store, is told once: the sum over processes would be a multiple of it."""

_MOST_PENDING = 256
"""Requests that wait to be counted: to count many in a row costs a fraction of counting each, and this many take half a millisecond."""


class Listener(Protocol):
    """Hears of all that is counted."""

    def note_request(self, route: str, status: int, seconds: float) -> None:
        """Hear of an answered request."""

    def note_counts(self, counts: Counts) -> None:
        """Hear of readings by field, status and method, and of issues by code."""


class Metrics:
    """The figures of one application, in a collector registry of its own, so that two applications never mix.

    ``listeners`` are told all that is counted, so that nobody counts otherwise than is told to Prometheus. What is answered is only in
    ``tally`` until figures are wanted.
    """

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.tally = Tally()
        self._registry = CollectorRegistry()
        # Where several processes serve, each counts into files that any of them can add up; figures of one would mislead there.
        self.is_one_of_many = "PROMETHEUS_MULTIPROC_DIR" in os.environ
        self._process = ProcessCollector(registry=None if self.is_one_of_many else self._registry)
        self._requests = CounterMetric("drets_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry)
        self._seconds = Histogram("drets_request_seconds", "Time to answer.", ("route",), buckets=BOUNDS, registry=self._registry)
        self._values = CounterMetric("drets_values", "Values read.", ("field", "status", "method"), registry=self._registry)
        self._state = {name: self._of_each(f"drets_{name}", said) for name, said in STATE.items()}
        self._own = {metric.name: self._of_each(name, metric.documentation) for metric, name, _ in self._of_process()}
        self._jobs = Gauge("drets_jobs", "Jobs by state.", ("state",), registry=self._registry, multiprocess_mode=_ONE)
        self._vocabularies = Gauge(
            "drets_vocabulary_info",
            "Vocabularies that are served.",
            ("name", "version"),
            registry=self._registry,
            multiprocess_mode=_ONE,
        )
        self._ages = Gauge(
            "drets_vocabulary_age_days",
            "Days since the version, or since it was loaded.",
            ("name",),
            registry=self._registry,
            multiprocess_mode=_ONE,
        )
        self._issues = CounterMetric("drets_issues", "Issues reported.", ("code",), registry=self._registry)
        # To look the figure of some labels up takes longer than to count; the labels are words of ours, so there are not many.
        self._request = cache(lambda route, method, status: self._requests.labels(route, method, str(status)))
        self._duration, self._reading, self._issue = cache(self._seconds.labels), cache(self._values.labels), cache(self._issues.labels)

    def note_state(
        self, state: Mapping[str, float], jobs: Mapping[str, int], versions: Mapping[str, str], ages: Mapping[str, float]
    ) -> None:
        """Note how things stand at the moment that the figures are asked for."""
        for name, value in state.items():
            self._state[name].set(value)
        for metric, _, value in self._of_process():
            self._own[metric.name].set(value)
        self._replace(self._jobs, {(job_state,): count for job_state, count in jobs.items()})
        self._replace(self._vocabularies, dict.fromkeys(versions.items(), 1))
        self._replace(self._ages, {(name,): days for name, days in ages.items()})

    def _replace(self, gauge: Gauge, figures: Mapping[tuple[str, ...], float]) -> None:
        """Put figures in the place of those that a gauge had; what several processes have written down can only be written over."""
        if not self.is_one_of_many:
            gauge.clear()
        for labels, figure in figures.items():
            gauge.labels(*labels).set(figure)

    def _of_each(self, name: str, said: str) -> Gauge:
        return Gauge(name, said, registry=self._registry, multiprocess_mode=_EACH)

    def _of_process(self) -> Iterator[tuple[Metric, str, float]]:
        """Give memory, processor time and files of this process, where it must write them down for others to tell: metric, name, value."""
        if self.is_one_of_many:
            for metric in self._process.collect():
                for sample in metric.samples:
                    yield metric, sample.name, sample.value

    def note_request(self, answered: Answered) -> None:
        """Count an answered request."""
        self.tally.requests.append(answered)
        if len(self.tally.requests) >= _MOST_PENDING:
            self.flush()

    def share(self) -> None:
        """Where several processes serve, let the others know at once what was answered: they cannot ask for it."""
        if self.is_one_of_many:
            self.flush()

    def flush(self) -> None:
        """Bring the figures up to date with all that was answered."""
        requests, counts = self.tally.take()
        for method, route, status, seconds, *_ in requests:
            self._request(route, method, status).inc()
            self._duration(route).observe(seconds)
            for listener in self.listeners:
                listener.note_request(route, status, seconds)
        for reading, count in counts.readings.items():
            self._reading(*reading).inc(count)
        for code, count in counts.issues.items():
            self._issue(code).inc(count)
        for listener in self.listeners:
            listener.note_counts(counts)

    def render(self) -> bytes:
        """Write all figures in the text format of Prometheus."""
        self.flush()
        if not self.is_one_of_many:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(together)
