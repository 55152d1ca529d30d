"""A server that speaks OAI-PMH, on loopback: as many records as wanted, in answers with resumption tokens, busy when told to be."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

PAGE = 10
_RECORD = "<record><header{status}><identifier>oai:loop.example:{number}</identifier><datestamp>2024-01-{day:02}</datestamp></header>{metadata}</record>"
_DC = (
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>Title {number}</dc:title><dc:rights>CC BY 4.0</dc:rights></oai_dc:dc></metadata>"
)


@dataclass
class OaiServer:
    """What the server has, and what it was asked. ``failures`` are answers to give, by the number of the request, in place of the right one."""

    total: int = 35
    deleted: frozenset[int] = frozenset({4})
    broken: frozenset[int] = frozenset()
    failures: dict[int, web.Response] = field(default_factory=dict)
    forgets: bool = False
    repeats: bool = False
    requests: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(dict(request.query))
        if failure := self.failures.pop(len(self.requests), None):
            return failure
        if token := request.query.get("resumptionToken"):
            if self.forgets:
                return self._document('<error code="badResumptionToken">forgotten</error>')
            return self._page(int(token))
        if request.query.get("metadataPrefix") != "oai_dc":
            return self._document('<error code="cannotDisseminateFormat">only oai_dc</error>')
        if request.query.get("set") == "empty":
            return self._document('<error code="noRecordsMatch">nothing</error>')
        return self._page(0)

    def _page(self, start: int) -> web.Response:
        end = min(start + PAGE, self.total)
        following = str(start if self.repeats else end) if end < self.total else ""
        token = f'<resumptionToken completeListSize="{self.total}" cursor="{start}">{following}</resumptionToken>'
        return self._document(f"<ListRecords>{''.join(map(self._record, range(start, end)))}{token}</ListRecords>")

    def _record(self, number: int) -> str:
        status, metadata = ("", _DC.format(number=number)) if number not in self.deleted else (' status="deleted"', "")
        if number in self.broken:
            metadata = metadata.replace("</dc:title>", "</dc:wrong>")
        return _RECORD.format(number=number, day=number % 28 + 1, status=status, metadata=metadata)

    @staticmethod
    def _document(content: str) -> web.Response:
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>2024-06-01T00:00:00Z</responseDate><request verb='ListRecords'>http://loop.example/oai</request>{content}</OAI-PMH>"
        )
        return web.Response(text=text, content_type="text/xml")


@contextmanager
def running(server: OaiServer) -> Iterator[OaiServer]:
    """Serve on a free port, in a thread of its own: the command that asks it does not wait for an event loop."""
    loop, ready = asyncio.new_event_loop(), threading.Event()

    async def start() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/oai", server.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        server.url = f"{site.name}/oai"
        ready.set()
        return runner

    runner = loop.create_task(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        assert ready.wait(60)
        server.url = f"http://127.0.0.1:{runner.result().addresses[0][1]}/oai"
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(runner.result().cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
