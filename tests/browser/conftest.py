"""A real Chromium on the pages of a real service; every page is watched for errors and for requests to other hosts."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from normalizers import Registry
from service.app import create_app
from service.logs import build_logger
from service.server import Runner
from service.settings import Settings

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds to wait for anything on a page; a machine that does much else at the time is slow, not wrong."""

expect.set_options(timeout=PATIENCE)


@contextmanager
def serving(registry: Registry, state: Path) -> Iterator[str]:
    """Serve on a free port, in a thread of its own."""
    settings = Settings(
        log_format="json",
        state=state,
        history_seconds=0.2,
        terms_seconds=0.1,
        news_seconds=0.2,
        backlog_milliseconds=10_000,
        job_niceness=0,
    )
    app = create_app(settings, registry, logger=build_logger(settings, io.StringIO()))
    loop, started, bound = asyncio.new_event_loop(), threading.Event(), []

    async def start() -> web.AppRunner:
        runner = Runner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        bound.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        return runner

    def serve() -> None:
        runner = loop.run_until_complete(start())
        started.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=serve, name="drets-served")
    thread.start()
    assert started.wait(30)
    yield bound[0]
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)


@pytest.fixture(scope="session")
def address(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a service that is open to everyone."""
    with serving(registry, tmp_path_factory.mktemp("state")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, where this machine has one. Once a module: its event loop must be gone before other tests run theirs."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine; name one in CHROMIUM, or install Debian's package chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@dataclass  # Playwright keeps a note of its own on whoever listens, so there are no slots
class Visit:
    """A page in a browser, and what went wrong on it."""

    page: Page
    address: str
    pictures: Path
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def check_access(self) -> None:
        """Hold the page, as it is now, to the rules of axe."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()

    def picture(self, name: str) -> None:
        """Keep pictures of the page in both themes, beside the other leavings of the tests."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            self.page.screenshot(path=self.pictures / f"{name}-{scheme}.png", full_page=True)


@pytest.fixture(scope="session")
def pictures(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for pictures: DRETS_TEST_PICTURES if it is set, or else one that pytest keeps for a while."""
    given = os.environ.get("DRETS_TEST_PICTURES")
    folder = checkout / given if given else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(browser: Browser, address: str, pictures: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a fresh browser window; the test may ask for a language or a size by a mark ``window``."""
    mark = request.node.get_closest_marker("window")
    options: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 1200, "height": 900}, **(mark.kwargs if mark else {})}
    context = browser.new_context(**options)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    opened = Visit(context.new_page(), address, pictures)
    opened.watch()
    yield opened
    context.close()
    assert opened.faults == []
