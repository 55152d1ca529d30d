"""One record over a kept connection and a stream of them, beside aiohttp handlers that parse and dump the same JSON."""

from __future__ import annotations

import re
import socket
import statistics
import threading
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.generate import as_flat, works
from benchmarks.measures import Row
from benchmarks.million import family
from benchmarks.service_latency import Server, milliseconds, running

LEAST_SHARE, LEAST_STREAM, MOST_LATENCY, MOST_MEMORY = 0.65, 0.5, 2.0, 250.0
JSON = "application/json"
STREAM = "/v1/normalize/stream"
STREAM_TIMES = 4
FLOOR = """
import asyncio, orjson, sys, uvloop
from aiohttp import web

async def echo(request):
    return web.Response(body=orjson.dumps(orjson.loads(await request.read())), content_type="application/json")

async def echo_lines(request):
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    held = b""
    while chunk := await request.content.readany():
        *lines, held = (held + chunk).split(b"\\n")
        await response.write(b"".join(orjson.dumps(orjson.loads(line)) + b"\\n" for line in lines))
    await response.write_eof()
    return response

async def main():
    app = web.Application()
    app.router.add_post("/v1/normalize", echo)
    app.router.add_post("/v1/normalize/stream", echo_lines)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"Try it: http://127.0.0.1:{runner.addresses[0][1]}/", file=sys.stderr, flush=True)
    await asyncio.Event().wait()

uvloop.run(main())
"""
"""The same event loop as ours, the same library for JSON, and nothing else."""


ROUNDS = 5
"""Both servers run all the time and are asked in turn, so that what else the machine does is the same for both."""

_LAST_CHUNK = b"\r\n0\r\n\r\n"
"""With the line before it: a head may end in a version such as "3.14.0"."""

LEAST_REQUESTS = 3_000
"""Requests of a round that the floor answers: it is so fast that fewer would last no longer than the clock's tick."""


def rows(cache: Path, requests: int) -> Iterator[Row]:
    """Measure requests a second of the server's processor time, and the slowest of a hundred."""
    bodies = [(JSON, orjson.dumps(as_flat(work))) for batch in works(requests, 1) for work in batch]
    often = -(-LEAST_REQUESTS // len(bodies))
    with running("-c", FLOOR) as other, running("-m", "service", DRETS_CACHE=str(cache)) as own:
        for server in (other, own):
            milliseconds(server.address, bodies)
        measured = [(_measure(other, bodies * often), _measure(own, bodies)) for _ in range(ROUNDS)]
        streams = [(_stream(other, bodies, often), _stream(own, bodies, 1)) for _ in range(ROUNDS)]
        shared = memory_of(own.process)
    beside = f"an aiohttp handler that parses and dumps ({ROUNDS * often * len(bodies):,} requests)"
    floor, ours = (statistics.median(figures[side][0] for figures in measured) for side in (0, 1))
    share = ours / floor
    yield Row(
        "one record over HTTP, kept connection", ours, "a second", beside, floor, share, "of its rate", "0.65", reached=share >= LEAST_SHARE
    )
    floor_late, late = (statistics.median(_slowest(figures[side][1]) for figures in measured) for side in (0, 1))
    ratio = late / floor_late
    yield Row("slowest of a hundred", late, "ms", beside, floor_late, ratio, "times its time", "2", reached=ratio <= MOST_LATENCY)
    echo, stream = (statistics.median(figures[side] for figures in streams) for side in (0, 1))
    share = stream / echo
    yield Row("a stream of records", stream, "a second", "an echo of the stream", echo, share, "of its rate", "0.5", share >= LEAST_STREAM)
    yield Row("memory of the service after that", shared, "MB", reach="250 MB", reached=shared <= MOST_MEMORY)
    yield from _fleet(cache)


def _fleet(cache: Path) -> Iterator[Row]:
    """Measure what a second process of the service adds, which shares what was loaded before it was forked."""
    with running("-m", "service", DRETS_CACHE=str(cache), DRETS_WORKERS="2") as server:
        processes = family(server.process)
        shares = [memory_of(process) for process in processes[1:]]
        whole = sum(map(memory_of, processes))
    yield Row("memory of a service with two processes, shared pages once", whole, "MB", "its largest process", max(shares), note="")


def memory_of(process: int) -> float:
    """Give the memory of a process in MB; what it shares counts for its share (PSS)."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _measure(server: Server, bodies: list[tuple[str, bytes]]) -> tuple[float, list[float]]:
    used = server.cpu()
    times = milliseconds(server.address, bodies)
    return len(bodies) * 1000 / (server.cpu() - used), times


def _slowest(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _stream(server: Server, bodies: list[tuple[str, bytes]], times: int) -> float:
    """Send all records in one request, and read the answers meanwhile."""
    times *= STREAM_TIMES
    body = b"".join(record + b"\n" for _, record in bodies) * times
    head = f"POST {STREAM} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    used = server.cpu()
    with socket.create_connection(server.address) as connection:
        sender = threading.Thread(target=connection.sendall, args=(head + body,))
        sender.start()
        end = connection.recv(1 << 16)
        if not end.startswith(b"HTTP/1.1 200"):
            raise SystemExit(end.decode(errors="replace"))
        while not end.endswith(_LAST_CHUNK):
            received = connection.recv(1 << 20)
            if not received:
                raise SystemExit("the stream broke off")
            end = (end + received)[-16:]
        sender.join()
    return len(bodies) * times * 1000 / (server.cpu() - used)
