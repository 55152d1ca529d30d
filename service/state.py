"""What an application holds while it runs, under typed keys."""

from __future__ import annotations

import asyncio
import time

import structlog
from aiohttp import web

from normalizers import Registry
from service.history import Recorder
from service.jobs.keeper import Keeper
from service.metrics import Metrics
from service.problems import Kind, ProblemError
from service.settings import Settings
from service.store import News, Store
from service.terms.counting import TermCounter
from service.terms.live import LiveDecisions
from service.tracing import Tracing
from service.workers import Workers


class Engine:
    """The registry once it is there, and whether the service still takes work.

    The registry itself is immutable; a new one replaces it whole, and a request that has begun keeps the one it began with.
    """

    def __init__(self, registry: Registry | None = None) -> None:
        self._registry = registry
        self.failure: Exception | None = None
        self.draining = False
        self.active = 0
        self.loaded = time.time()
        self.settled = asyncio.Event()
        if registry is not None:
            self.settled.set()

    @property
    def is_ready(self) -> bool:
        """Tell whether a request for readings would be answered."""
        return self._registry is not None and not self.draining

    def open(self, registry: Registry) -> None:
        """Serve from a registry from now on."""
        self._registry = registry
        self.loaded = time.time()
        self.settled.set()

    def fail(self, failure: Exception) -> None:
        """Note that no registry could be built."""
        self.failure = failure
        self.settled.set()

    def reason(self) -> str:
        """Say in a sentence whether the service is ready, and if not, what it waits for."""
        if self.draining:
            return "The service is stopping."
        if self.failure is not None:
            return "The language data could not be loaded; the log names each fault."
        return "The language data is still being loaded." if self._registry is None else "Ready."

    def registry(self) -> Registry:
        """Give the registry to read with.

        Raises:
            ProblemError: 503 while there is none.
        """
        if self._registry is None:
            raise self.not_ready()
        return self._registry

    def not_ready(self) -> ProblemError:
        """Give the problem that says what is missing, and when to ask again."""
        return ProblemError(Kind.NOT_READY, self.reason(), headers={"Retry-After": "1"})


DECISIONS = web.AppKey("decisions", LiveDecisions)
ENGINE = web.AppKey("engine", Engine)
KEEPER = web.AppKey("keeper", Keeper)
LOGGER = web.AppKey("logger", structlog.typing.FilteringBoundLogger)
HISTORY = web.AppKey("history", Recorder)
METRICS = web.AppKey("metrics", Metrics)
NEWS = web.AppKey("news", News)
SETTINGS = web.AppKey("settings", Settings)
STORE = web.AppKey("store", Store)
TERMS = web.AppKey("terms", TermCounter)
TRACING = web.AppKey("tracing", Tracing)
WATCHERS: web.AppKey[set[str]] = web.AppKey("watchers", set)
WORKERS = web.AppKey("workers", Workers)
