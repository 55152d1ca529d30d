"""Where the time of one request and of one streamed record goes: requests are put straight into the protocol, without sockets.

    python -m benchmarks.request_parts [--records 800]

Microseconds a record of the time of the thread, each the least of some rounds, beside the same records read in a loop and a floor.
Parts lie in one another: the work holds the parsing and the reading.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from typing import Any

import orjson
import uvloop
from aiohttp import web

import service.handlers.normalize
import service.handlers.stream
from benchmarks.generate import as_flat, works
from normalizers import Registry, build_registry
from service import middleware, records
from service.app import create_app
from service.exchange import Exchange
from service.limits import Limits
from service.logs import build_logger
from service.server import Runner
from service.settings import Settings

ROUNDS = 9
_LAST_CHUNK = b"\r\n0\r\n\r\n"
PARTS: tuple[tuple[Any, str], ...] = (
    (service.handlers.normalize, "_answer"),
    (service.handlers.stream, "_answer"),
    (records, "parse_json"),
    (Registry, "answer_record"),
    (Exchange, "note_record"),
    (middleware, "report"),
)
_SPENT: defaultdict[str, float] = defaultdict(float)


class _Sink(asyncio.Transport):
    """Takes what is written, and keeps only the end of it."""

    written, end = 0, b""

    def write(self, piece: Any) -> None:
        self.written, self.end = self.written + 1, (self.end + bytes(piece))[-len(_LAST_CHUNK) :]

    def writelines(self, pieces: Any) -> None:
        self.write(b"".join(pieces))

    def close(self) -> None:
        pass

    def is_closing(self) -> bool:
        return False


async def _echo(request: web.Request) -> web.Response:
    return web.Response(body=orjson.dumps(orjson.loads(await request.read())), content_type="application/json")


def _timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        began = thread_time()
        try:
            return work(*args, **options)
        finally:
            _SPENT[name] += thread_time() - began

    return run


def _post(path: str, content_type: str, body: bytes) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _ask(runner: web.AppRunner, bodies: list[bytes]) -> None:
    protocol, sink = runner.server(), _Sink()  # type: ignore[misc]  # it is there once the runner is set up
    protocol.connection_made(sink)
    for body in bodies:
        written = sink.written
        protocol.data_received(_post("/v1/normalize", "application/json", body))
        while sink.written == written:  # noqa: ASYNC110 -- an event would be one more thing that is timed
            await asyncio.sleep(0)


async def _stream(runner: web.AppRunner, bodies: list[bytes]) -> None:
    protocol, sink = runner.server(), _Sink()  # type: ignore[misc]  # as above
    protocol.connection_made(sink)
    protocol.data_received(_post("/v1/normalize/stream", "application/x-ndjson", b"\n".join(bodies)))
    while not sink.end.endswith(_LAST_CHUNK):  # noqa: ASYNC110 -- as above
        await asyncio.sleep(0)


async def main(count: int) -> None:
    """Print the table."""
    bodies = [orjson.dumps(as_flat(work)) for batch in works(count, 1) for work in batch]
    registry, settings, floor = build_registry(), Settings(), web.Application()
    reading = records.Reading(registry, Limits.of_record(settings))
    floor.router.add_post("/v1/normalize", _echo)
    with Path(os.devnull).open("w", encoding="utf-8") as log:  # noqa: ASYNC230 -- nobody waits
        own = Runner(create_app(settings, registry, logger=build_logger(settings, log)))
        beside = web.AppRunner(floor, access_log=None)
        await own.setup()
        await beside.setup()

        async def loop() -> None:
            for body in bodies:
                records.read_object(reading, body).written()

        asked = {"floor": lambda: _ask(beside, bodies), "request": lambda: _ask(own, bodies), "stream": lambda: _stream(own, bodies)}
        await _show({**asked, "loop": loop}, len(bodies))
        await own.cleanup()
        await beside.cleanup()


async def _show(asked: dict[str, Callable[[], Any]], count: int) -> None:
    rounds: defaultdict[str, list[tuple[float, dict[str, float]]]] = defaultdict(list)
    for name in [*asked] * (ROUNDS + 1):
        _SPENT.clear()
        began = thread_time()
        await asked[name]()
        rounds[name].append((thread_time() - began, dict(_SPENT)))
    for name, measured in rounds.items():
        whole, parts = min(measured[1:], key=lambda taken: taken[0])
        print(f"{name:<8}{whole / count * 1e6:8.1f}  ", *(f"{part} {spent / count * 1e6:.1f}" for part, spent in parts.items()))


if __name__ == "__main__":
    for owner, name in PARTS:
        setattr(owner, name, _timed(name.strip("_"), getattr(owner, name)))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=800)
    uvloop.run(main(parser.parse_args().records))
