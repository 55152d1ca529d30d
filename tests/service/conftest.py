"""A running service for the tests: the real registry, a real port, and its log."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.pytest_plugin import AiohttpClient
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer

from normalizers import Registry
from service.app import create_app
from service.logs import build_logger
from service.routes import ROUTES
from service.routing import Route
from service.server import Runner
from service.settings import Settings
from service.store import Store, open_store
from service.store.database import FILE


class OwnServer(TestServer):
    """Serves through our own runner, as a real process does."""

    async def _make_runner(self, **_options: Any) -> web.AppRunner:
        return Runner(self.app)


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs in the event loop of the test."""

    client: TestClient[web.BaseRequest, None]
    app: web.Application
    written: io.StringIO

    def log(self) -> list[dict[str, Any]]:
        """Give the lines of the log so far."""
        return [json.loads(line) for line in self.written.getvalue().splitlines()]

    def requests(self) -> list[dict[str, Any]]:
        """Give the lines about requests."""
        return [line for line in self.log() if line["event"] == "request"]

    async def raw(self, sent: bytes, *, wait: float = 60) -> bytes:
        """Send bytes as they are, and give all that comes back until the service closes the connection."""
        reader, writer = await asyncio.open_connection(self.client.host, self.client.port)
        writer.write(sent)
        try:
            return await asyncio.wait_for(reader.read(), wait)
        finally:
            writer.close()

    async def problem(self, response: ClientResponse, status: int) -> dict[str, Any]:
        """Read an answer that must be a problem, hold it to its form, and check that the log tells of it."""
        assert response.content_type == "application/problem+json"
        problem: dict[str, Any] = await response.json(content_type=None)
        assert (response.status, problem["status"]) == (status, status)
        assert problem["request_id"] == response.headers["X-Request-ID"]
        assert set(problem) == {"type", "title", "status", "detail", "request_id", "errors"}
        assert problem["type"].startswith("urn:drets:problem:")
        assert all(set(fault) == {"pointer", "detail"} for fault in problem["errors"])
        (line,) = (line for line in self.requests() if line["request_id"] == problem["request_id"])
        assert (line["status"], line["problem"]) == (status, problem["type"].removeprefix("urn:drets:problem:"))
        return problem


PATIENCE = 10_000
"""Milliseconds of work in hand that a service lets in: those of many tests share one process, whose time each takes for its own."""

Start = Callable[..., Awaitable[Service]]


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty store once, with its tables: to migrate takes longer than most tests."""

    async def make(folder: Path) -> None:
        await (await open_store(None, folder)).close()

    folder = tmp_path_factory.mktemp("store")
    asyncio.run(make(folder))
    return folder / FILE


@pytest.fixture
def state(tmp_path: Path, empty_store: Path) -> Path:
    """Make a folder for what a service keeps."""
    folder = tmp_path / "state"
    folder.mkdir()
    shutil.copy(empty_store, folder / FILE)
    return folder


@pytest.fixture
def start(registry: Registry, aiohttp_client: AiohttpClient, state: Path) -> Start:
    """Start services, each with the settings that a test gives."""

    async def start_one(*, loaded: Registry | None = registry, routes: Iterable[Route] = ROUTES, **settings: Any) -> Service:
        written = io.StringIO()
        given = Settings(**{"log_format": "json", "state": state, "backlog_milliseconds": PATIENCE, "job_niceness": 0, **settings})
        app = create_app(given, loaded, logger=build_logger(given, written), routes=routes)
        server: BaseTestServer = OwnServer(app)
        return Service(await aiohttp_client(server), app, written)

    return start_one


@pytest.fixture
async def service(start: Start) -> Service:
    """Start a service with the settings as they are."""
    return await start()


@contextmanager
def serving(registry: Registry, routes: Iterable[Route] = ROUTES, **settings: Any) -> Iterator[str]:
    """Serve in a thread of its own, for clients that block; gives the address."""
    given = Settings(**{"log_level": "error", "backlog_milliseconds": PATIENCE, "job_niceness": 0, **settings})
    runner = Runner(create_app(given, registry, logger=build_logger(given, io.StringIO()), routes=routes))
    loop, ready = asyncio.new_event_loop(), Event()
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:

        async def begin() -> None:
            await runner.setup()
            await web.SockSite(runner, listener).start()

        def serve() -> None:
            # From the first to the last in this thread: the store may not be used from two.
            loop.run_until_complete(begin())
            ready.set()
            loop.run_forever()
            loop.run_until_complete(runner.cleanup())
            loop.close()

        thread = Thread(target=serve, name="drets-live", daemon=True)
        thread.start()
        assert ready.wait(30)
        try:
            yield "http://{}:{}".format(*listener.getsockname())
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(30)


@pytest.fixture(scope="session")
def live(registry: Registry, empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a service with the settings as they are, the same for all tests that only ask."""
    state = tmp_path_factory.mktemp("live")
    shutil.copy(empty_store, state / FILE)
    with serving(registry, state=state) as url:
        yield url


@pytest.fixture
async def opened(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Store, Store]]:
    """Open one store twice, as two processes would."""
    url = request.getfixturevalue("postgres") if kind == "postgresql" else None
    stores = await asyncio.gather(open_store(url, tmp_path), open_store(url, tmp_path))
    yield stores
    for store in stores:
        await store.close()
