"""Runs the service in this process, from binding the port to the last answer after SIGTERM."""

from __future__ import annotations

import asyncio
import io
import logging
import shlex
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from ipaddress import ip_address
from typing import TextIO

from aiohttp import web
from structlog.typing import FilteringBoundLogger

from bulk.exits import Exit
from normalizers import DataFileError
from service import lifespan
from service.admission import GATE
from service.app import create_app
from service.bodies import PAYLOAD_ERRORS
from service.collecting import collect_at_rest
from service.fleet import Fleet
from service.handlers.normalize import PAGE
from service.jobs.objects import DriverError
from service.logs import Bridge, build_logger
from service.server import Runner
from service.settings import Settings
from service.state import ENGINE, LOGGER, SETTINGS
from service.store import StoreError
from service.tracing import TracingError

_BACKLOG = 1024
_REFUSAL = (
    "drets: {} can be reached from other machines, and there are no keys. Make one (drets keys create --name NAME), listen on this machine "
    "only (DRETS_HOST=127.0.0.1), or serve whoever comes (DRETS_OPEN_WITHOUT_KEYS=true)\n"
)
_SWITCH_SECONDS = 0.001
"""How long a thread that reads keeps the interpreter to itself: a fifth of Python's default, so that the event loop is soon back."""
_POLL_SECONDS = 0.02
_QUIET_LOOKS = 3


def serve(settings: Settings, stream: TextIO = sys.stderr) -> Exit:
    """Serve until a signal says to stop; answer with the exit code of the process.

    It is done after an orderly stop, and has failed where the port or the store cannot be had or the language data cannot be loaded.
    Needs the main thread, for signals arrive there.
    """
    logger = build_logger(settings, stream)
    sys.setswitchinterval(_SWITCH_SECONDS)
    logging.basicConfig(handlers=[Bridge(logger, (*PAYLOAD_ERRORS, ConnectionError))], level=logging.WARNING, force=True)
    try:
        listener = _listen(settings)
    except OSError as refusal:
        stream.write(f"drets: cannot listen on {settings.host} port {settings.port}: {refusal.strerror}\n")
        return Exit.FAILED
    with listener:
        if settings.workers == 1:
            return _run(create_app(settings, logger=logger), listener, faults=stream, news=stream)
        return _serve_many(settings, listener, logger, stream)


def _run(app: web.Application, listener: socket.socket, *, faults: TextIO, news: TextIO) -> Exit:
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_serve(app, listener, faults=faults, news=news))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Give uvloop's event loop where there is one, which is not on Windows; else asyncio's own."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 -- not everywhere
    except ImportError:
        return None
    return new_event_loop


def _serve_many(settings: Settings, listener: socket.socket, logger: FilteringBoundLogger, stream: TextIO) -> Exit:
    """Serve with several processes. The data is loaded first, for they are to share it; until then the port takes no connection."""
    try:
        registry = lifespan.build(lifespan.builder_of(settings))
    except DataFileError as failure:
        logger.error("loading failed", faults=[str(fault) for fault in failure.faults])  # noqa: TRY400 -- a traceback adds nothing
        return Exit.FAILED
    listener.listen(_BACKLOG)

    def serve_here(own: Settings, *, speaks: bool) -> Exit:
        # What holds for all is said once; a fault is told by whoever has it.
        return _run(create_app(own, registry, logger=logger), listener, faults=stream, news=stream if speaks else io.StringIO())

    return Fleet(settings, listener, logger, serve_here).run()


def address_of(listener: socket.socket) -> str:
    """Give the address of a listening socket as a URL that a client on this machine can use."""
    host, port = listener.getsockname()[:2]
    address = ip_address(host)
    if address.is_unspecified:
        address = ip_address("127.0.0.1" if address.version == 4 else "::1")  # noqa: PLR2004 -- the version of IP
    return f"http://{f'[{address}]' if ':' in str(address) else address}:{port}"


def try_out(url: str) -> str:
    """Give a command line that normalizes the sample record."""
    sample = files("service") / "samples" / "record.txt"
    return f"curl -sS -H 'Content-Type: {PAGE}' --data-binary {shlex.quote(f'@{sample}')} {url}/v1/normalize"


async def _serve(app: web.Application, listener: socket.socket, *, faults: TextIO, news: TextIO) -> Exit:
    stop, engine, url = _stop_signal(), app[ENGINE], address_of(listener)
    runner = Runner(app)
    try:
        await runner.setup()
    except (StoreError, TracingError, DriverError) as refusal:
        faults.write(f"drets: {refusal}\n")
        return Exit.FAILED
    keys = app[GATE].keys
    if keys.is_open and not _is_local(listener) and not app[SETTINGS].open_without_keys:
        faults.write(_REFUSAL.format(app[SETTINGS].host))
        await runner.cleanup()
        return Exit.FAILED
    await web.SockSite(runner, listener, backlog=_BACKLOG).start()
    reach = "this machine only" if _is_local(listener) else "WITHOUT KEYS: whoever reaches it may use it" if keys.is_open else "with keys"
    news.write(f"drets listens on {url} ({reach})\n")
    news.flush()
    collecting = asyncio.ensure_future(collect_at_rest(engine))
    stopping = asyncio.ensure_future(stop.wait())
    settling = asyncio.ensure_future(engine.settled.wait())
    await asyncio.wait((stopping, settling), return_when=asyncio.FIRST_COMPLETED)
    settling.cancel()
    if engine.failure is None and not stop.is_set():
        news.write(f"Try it: {try_out(url)}\n")
        news.flush()
        await stopping
    stopping.cancel()
    collecting.cancel()
    await _shut_down(app, runner, listener)
    return Exit.DONE if engine.failure is None else Exit.FAILED


def _listen(settings: Settings) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def _is_local(listener: socket.socket) -> bool:
    return ip_address(listener.getsockname()[0]).is_loopback


def _stop_signal() -> asyncio.Event:
    """Set an event at the first SIGTERM or SIGINT; a second one ends the process as if nobody had listened."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def heed() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, heed)
    return stop


async def _shut_down(app: web.Application, runner: Runner, listener: socket.socket) -> None:
    """Stop in an order that loses nothing: say so, take what still comes, close the port, finish, close the rest."""
    engine, settings, logger = app[ENGINE], app[SETTINGS], app[LOGGER]
    engine.draining = True
    logger.info("stopping", active=engine.active)
    if engine.failure is None:
        await asyncio.sleep(settings.drain_seconds)
    await close_port(runner, listener)
    await _finish(app, runner)
    logger.info("stopped", unfinished=engine.active)
    await runner.cleanup()


async def close_port(runner: Runner, listener: socket.socket) -> None:
    """Close the port, and take over every connection that stands in its queue: the kernel would reset them.

    Nothing is awaited between the last look into the queue and the closing, for in between more would come.
    """
    waiting: list[socket.socket] = []
    with suppress(BlockingIOError):
        while True:
            waiting.append(listener.accept()[0])
    for site in runner.sites:
        await site.stop()
    if runner.server is not None:
        for connection in waiting:
            connection.setblocking(False)  # noqa: FBT003 -- the signature is that of the standard library
            await asyncio.get_running_loop().connect_accepted_socket(runner.server, connection)


async def _finish(app: web.Application, runner: Runner) -> None:
    """Wait until nothing is being answered; what is still on its way into an open connection gets a moment to show up."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + app[SETTINGS].shutdown_seconds
    quiet = 0
    while quiet < _QUIET_LOOKS and loop.time() < deadline:
        await asyncio.sleep(_POLL_SECONDS)
        quiet = 0 if app[ENGINE].active or _unsent(runner) else quiet + 1


def _unsent(runner: Runner) -> bool:
    """Tell whether some answer, or a part of one, still waits for its client to take it."""
    transports = [connection.transport for connection in runner.server.connections] if runner.server is not None else []
    return any(transport is not None and transport.get_write_buffer_size() for transport in transports)
