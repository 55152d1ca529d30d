"""How long one record takes over a kept connection, beside a floor that only parses and writes the same JSON.

    python benchmarks/service_latency.py [--requests 2000]

Service and floor run in processes of their own, one after the other; the client is a bare socket, so that its own work hardly
counts. "seen" asks for the same record again and again, as a repository's few rights statements come again and again; "new"
changes every statement in every request, so that nothing is answered from the cache. The floor is an aiohttp handler that parses
the same request with orjson and writes it back. Percentiles are those of all requests after a tenth to warm up; "cpu" is the
processor time of the server for one request, which a busy machine does not blur (Linux only).
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter, sleep

import orjson

FLOOR = """
import asyncio, orjson, sys
from aiohttp import web

async def echo(request):
    return web.Response(body=orjson.dumps(orjson.loads(await request.read())), content_type="application/json")

async def main():
    app = web.Application()
    app.router.add_post("/v1/normalize", echo)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"Try it: http://127.0.0.1:{runner.addresses[0][1]}/", file=sys.stderr, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""
PAGE = (files("service") / "samples" / "record.txt").read_text(encoding="utf-8")
RIGHTS = (
    "Es permet la reproducció i la comunicació pública de l'obra {}, sempre que no sigui amb finalitats comercials i se'n citi l'autoria."
)


def record(number: int) -> bytes:
    """Give one record as JSON, its statements all different from those of any other number."""
    return orjson.dumps(
        {
            "dc:title": f"Els molins fariners de la vall del Rin, {number}",
            "dc:creator": [f"Serradell Puigvert, Mercè {number}", "Bonastre i Clot, Oriol"],
            "dc:date": f"{1900 + number % 120}-04-{1 + number % 28:02}",
            "dc:language": ["cat", f"Català ({number})"],
            "dc:type": ["info:eu-repo/semantics/article", f"Article de recerca {number}"],
            "dc:rights": [RIGHTS.format(number), f"© {number} Universitat de Vallnova. Tots els drets reservats."],
            "dc:identifier": [f"10.5555/vallnova.{number}", f"https://repositori.example/handle/10/{number}"],
            "dc:description": f"Reconstrucció {number} de la xarxa de molins d'una vall de muntanya a partir de cadastres i plets. " * 8,
        }
    )


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own."""

    address: tuple[str, int]
    process: int

    def cpu(self) -> float:
        """Give the processor time that it has used so far, in milliseconds."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


_READY = re.compile(r"^Try it: .*http://(127\.0\.0\.1):(\d+)/", re.MULTILINE)


@contextmanager
def running(*command: str, **settings: str) -> Iterator[Server]:
    """Run a server until it says that it can be tried."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    environment = {**inherited, "DRETS_PORT": "0", **settings}
    # Into a file: what goes on to be written into a pipe that nobody reads would stop the server once it is full.
    with NamedTemporaryFile() as log, subprocess.Popen([sys.executable, *command], env=environment, stderr=log) as process:  # noqa: S603 - ours
        while not (
            found := re.search(r"^Try it: .*http://(127\.0\.0\.1):(\d+)/", Path(log.name).read_text(encoding="utf-8"), re.MULTILINE)
        ):
            if process.poll() is not None:
                raise SystemExit(Path(log.name).read_text(encoding="utf-8"))
            sleep(0.05)
        try:
            yield Server((found[1], int(found[2])), process.pid)
        finally:
            process.terminate()


def connect(address: tuple[str, int]) -> socket.socket:
    """Open a connection that sends at once what is given to it."""
    connection = socket.create_connection(address)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def ask(connection: socket.socket, content_type: str, body: bytes) -> None:
    """Send one record, and read the answer whole."""
    head = f"POST /v1/normalize HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)
    received = connection.recv(65_536)
    while b"\r\n\r\n" not in received:
        received += connection.recv(65_536)
    answered, _, content = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: (\d+)", answered)[1])  # type: ignore[index] # both servers send it
    remaining = length - len(content)
    while remaining > 0:
        remaining -= len(connection.recv(65_536))
    if not answered.startswith(b"HTTP/1.1 200"):
        raise SystemExit(received.decode(errors="replace"))


def milliseconds(address: tuple[str, int], bodies: list[tuple[str, bytes]]) -> list[float]:
    """Time each request of a list over one connection."""
    times = []
    with connect(address) as connection:
        for content_type, body in bodies:
            began = perf_counter()
            ask(connection, content_type, body)
            times.append((perf_counter() - began) * 1000)
    return times


def report(name: str, server: Server, bodies: list[tuple[str, bytes]]) -> None:
    """Time requests, and print their percentiles."""
    used = server.cpu()
    times = milliseconds(server.address, bodies)[len(bodies) // 10 :]
    used = (server.cpu() - used) / len(bodies)
    cuts = statistics.quantiles(times, n=100)
    print(f"{name:<28}{cuts[49]:>10.3f}{cuts[89]:>10.3f}{cuts[98]:>10.3f}{max(times):>10.3f}{used:>10.3f}   {len(bodies[0][1]):,} bytes in")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=2_000)
    count = parser.parse_args().requests
    seen = [("application/json", record(1))] * count
    new = [("application/json", record(number)) for number in range(count)]
    print(f"{'milliseconds':<28}{'p50':>10}{'p90':>10}{'p99':>10}{'max':>10}{'cpu':>10}")
    with running("-c", FLOOR) as server:
        report("floor: parse and write", server, seen)
    with running("-m", "service", DRETS_LOG_LEVEL="warning") as server:
        report("JSON record, seen", server, seen)
        report("JSON record, new", server, new)
        report("page, seen", server, [("text/plain", PAGE.encode())] * count)
        report("page, new", server, [("text/plain", f"{PAGE}\nRights: {RIGHTS.format(number)}".encode()) for number in range(count)])


if __name__ == "__main__":
    main()
