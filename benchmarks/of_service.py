"""One record over a kept connection and a stream of them, beside aiohttp handlers that parse and dump the same JSON."""

from __future__ import annotations

import socket
import statistics
import threading
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.generate import as_flat, works
from benchmarks.measures import Row
from benchmarks.service_latency import Server, milliseconds, running

LEAST_SHARE, LEAST_STREAM, MOST_LATENCY = 0.65, 0.5, 2.0
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


def rows(cache: Path, requests: int) -> Iterator[Row]:
    """Measure requests a second of the server's processor time, and the slowest of a hundred."""
    bodies = [(JSON, orjson.dumps(as_flat(work))) for batch in works(requests, 1) for work in batch]
    with running("-c", FLOOR) as server:
        floor, floor_times = _measure(server, bodies)
    with running("-m", "service", DRETS_CACHE=str(cache)) as server:
        ours, our_times = _measure(server, bodies)
        stream = _stream(server, bodies)
    with running("-c", FLOOR) as server:
        echo = _stream(server, bodies)
    beside = "an aiohttp handler that parses and dumps"
    share = ours / floor
    yield Row(
        "one record over HTTP, kept connection", ours, "a second", beside, floor, share, "of its rate", "0.65", reached=share >= LEAST_SHARE
    )
    late, floor_late = _slowest(our_times), _slowest(floor_times)
    ratio = late / floor_late
    yield Row("slowest of a hundred", late, "ms", beside, floor_late, ratio, "times its time", "2", reached=ratio <= MOST_LATENCY)
    share = stream / echo
    yield Row("a stream of records", stream, "a second", "an echo of the stream", echo, share, "of its rate", "0.5", share >= LEAST_STREAM)


def _measure(server: Server, bodies: list[tuple[str, bytes]]) -> tuple[float, list[float]]:
    milliseconds(server.address, bodies[: len(bodies) // 4])
    used = server.cpu()
    times = milliseconds(server.address, bodies)
    return len(bodies) * 1000 / (server.cpu() - used), times


def _slowest(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _stream(server: Server, bodies: list[tuple[str, bytes]]) -> float:
    """Send all records in one request, and read the answers meanwhile."""
    body = b"".join(record + b"\n" for _, record in bodies) * STREAM_TIMES
    head = f"POST {STREAM} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    used = server.cpu()
    with socket.create_connection(server.address) as connection:
        sender = threading.Thread(target=connection.sendall, args=(head + body,))
        sender.start()
        end = b""
        while not end.endswith(b"0\r\n\r\n"):
            received = connection.recv(1 << 20)
            if not received:
                raise SystemExit("the stream broke off")
            end = (end + received)[-16:]
        sender.join()
    return len(bodies) * STREAM_TIMES * 1000 / (server.cpu() - used)
