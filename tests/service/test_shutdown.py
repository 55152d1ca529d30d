"""Closing the port loses no connection that the kernel has taken already."""

from __future__ import annotations

import asyncio
import io
import socket
from pathlib import Path

from aiohttp import web

from normalizers import Registry
from service.app import create_app
from service.logs import build_logger
from service.run import close_port
from service.server import Runner
from service.settings import Settings


async def test_connections_in_the_queue_of_the_port_are_answered(registry: Registry, state: Path) -> None:
    settings = Settings(state=state)
    runner = Runner(create_app(settings, registry, logger=build_logger(settings, io.StringIO())))
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    await web.SockSite(runner, listener, backlog=64).start()
    # Nothing is awaited here, so that the event loop takes none of these before the port closes.
    clients = [socket.create_connection(listener.getsockname()) for _ in range(20)]
    for client in clients:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        client.setblocking(False)  # noqa: FBT003 - the signature is that of the standard library
    await close_port(runner, listener)
    loop = asyncio.get_running_loop()
    for client in clients:
        assert (await asyncio.wait_for(loop.sock_recv(client, 4_096), 60)).startswith(b"HTTP/1.1 200")
        client.close()
    await runner.cleanup()
