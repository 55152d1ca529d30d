"""The service as a process: what it says when it starts, and that it loses nothing when it stops."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bulk.exits import Exit
from tests.locale_folders import few_locales
from tests.processes import Launch, launching, until, was_sent

pytestmark = pytest.mark.slow

VALUES = {"values": [{"id": str(number), "field": "license", "text": f"CC BY-NC {number}"} for number in range(20)]}


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start processes away from the checkout, and end those that still run."""
    with launching(tmp_path) as start:
        yield start


async def test_it_says_where_it_listens_and_what_to_paste(launch: Launch, tmp_path: Path) -> None:
    process = launch()
    url = await process.url()
    await process.line(r"\(this machine only\)")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/healthz") as alive, session.get(f"{url}/readyz") as ready:
            assert (alive.status, ready.status, ready.content_type) == (200, 503, "application/problem+json")
        line = (await process.line("^Try it: (.*)$"))[1]
        async with session.get(f"{url}/readyz") as ready:
            assert ready.status == 200
    if shutil.which("curl") is None:
        pytest.skip("there is no curl on this machine to paste the line into a shell for")
    shell = await asyncio.create_subprocess_shell(line, stdout=subprocess.PIPE, cwd=tmp_path)
    answer, _ = await asyncio.wait_for(shell.communicate(), 60)
    assert shell.returncode == 0
    assert json.loads(answer)["metadata"]["title"]


@dataclass(slots=True)
class Tally:
    """What became of the requests of a client that never stops asking."""

    answered: int = 0
    refused: int = 0
    lost: int = 0
    faulty: int = 0


async def ask(session: aiohttp.ClientSession, url: str, tally: Tally) -> None:
    """Ask until nobody listens any more. A request is lost when a connection took it and no answer came."""
    while True:
        try:
            async with session.post(f"{url}/v1/values", json=VALUES) as response:
                answer = await response.json()
                if response.status == 503:  # not let in, and told so at once
                    tally.refused += 1
                    continue
                whole = response.status == 200 and len(answer["values"]) == len(VALUES["values"])
                tally.answered += whole
                tally.faulty += not whole
        except aiohttp.ClientConnectorError:
            return
        except aiohttp.ClientError as fault:
            tally.lost += was_sent(fault)
            return


async def send_records(session: aiohttp.ClientSession, url: str, count: int) -> list[dict[str, Any]]:
    """Send a stream that takes its time, and read it to its end."""

    async def records() -> AsyncIterator[bytes]:
        for number in range(count):
            yield b'{"dc:title": "%d", "dc:rights": "CC0 1.0"}\n' % number
            await asyncio.sleep(0.05)

    headers = {"Content-Type": "application/x-ndjson"}
    async with session.post(f"{url}/v1/normalize/stream", data=records(), headers=headers) as response:
        return [json.loads(line) async for line in response.content]


async def read_late(url: str, stopping: asyncio.Event) -> int:
    """Ask for an answer larger than any buffer in between, and begin to read it only after the signal; count its values."""
    host, port = url.removeprefix("http://").split(":")
    body = json.dumps({"values": [{"id": "x" * 25_000, "field": "license", "text": "CC0"} for _ in range(800)]}).encode()
    head = b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.setblocking(False)  # noqa: FBT003 - the signature is that of the standard library
        await loop.sock_connect(client, (host, int(port)))
        await loop.sock_sendall(client, head + body)
        await stopping.wait()
        await asyncio.sleep(3.5)  # longer than aiohttp itself would wait
        received = bytearray()
        while piece := await loop.sock_recv(client, 65_536):
            received += piece
    return len(json.loads(received.partition(b"\r\n\r\n")[2])["values"])


async def test_sigterm_loses_nothing_that_was_accepted(launch: Launch) -> None:
    process = launch(drain_seconds="0.3", shutdown_seconds="60", values_bytes="30000000", backlog_milliseconds="10000")
    url = await process.ready()
    tally, stopping = Tally(), asyncio.Event()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        clients = [asyncio.create_task(ask(session, url, tally)) for _ in range(30)]
        stream = asyncio.create_task(send_records(session, url, 50))
        late = asyncio.create_task(read_late(url, stopping))
        await until(lambda: tally.answered >= 60)
        before = tally.answered
        process.running.send_signal(signal.SIGTERM)
        stopping.set()
        await asyncio.wait_for(asyncio.gather(*clients), 60)
        assert [answer["metadata"]["title"] for answer in await stream] == [str(number) for number in range(50)]
        assert await late == 800
    assert await process.ended() == 0
    assert tally.answered > before > 0
    assert (tally.lost, tally.faulty) == (0, 0)
    assert [event["event"] for event in process.events() if event["event"].startswith("stop")] == ["stopping", "stopped"]
    assert sum(event["event"] == "request" for event in process.events()) == tally.answered + tally.refused + 2


async def test_what_never_finishes_is_cut_off(launch: Launch) -> None:
    process = launch(drain_seconds="0", shutdown_seconds="0.3")
    url = await process.ready()

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b'{"dc:rights": "CC0 1.0"}\n'
            await asyncio.sleep(0.02)

    async with aiohttp.ClientSession() as session:
        headers = {"Content-Type": "application/x-ndjson"}
        async with session.post(f"{url}/v1/normalize/stream", data=endless(), headers=headers) as response:
            await response.content.readline()
            process.running.send_signal(signal.SIGTERM)
            with pytest.raises(aiohttp.ClientError):
                await response.content.read()
    assert await process.ended() == 0
    (stopped,) = (event for event in process.events() if event["event"] == "stopped")
    assert stopped["unfinished"] == 1


async def test_sigterm_before_it_is_ready_stops_it_too(launch: Launch) -> None:
    process = launch(drain_seconds="0")
    await process.url()
    process.running.send_signal(signal.SIGTERM)
    assert await process.ended() == 0


async def test_faulty_settings_stop_the_start_with_every_fault(launch: Launch) -> None:
    process = launch(port="http", colour="blue", host="here")
    assert await process.ended() == Exit.USAGE
    assert [line.split(":")[1].strip() for line in process.written] == ["DRETS_COLOUR", "DRETS_HOST", "DRETS_PORT"]


async def test_an_option_comes_before_the_variable(launch: Launch) -> None:
    process = launch("--host", "::1", "--port", "0", host="here", port="http")
    assert re.fullmatch(r"http://\[::1\]:\d+", await process.url())


async def test_a_port_that_is_taken_stops_the_start(launch: Launch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = launch(port=str(taken.getsockname()[1]))
        assert await process.ended() == Exit.FAILED
    assert re.fullmatch(r"drets: cannot listen on 127\.0\.0\.1 port \d+: Address already in use\n", "".join(process.written))


async def test_faulty_language_data_stop_the_process(launch: Launch, tmp_path: Path) -> None:
    folder = few_locales(tmp_path / "locales")
    (folder / "ca.yaml").write_text("colour: blau\n", encoding="utf-8")
    process = launch(locales=str(folder), drain_seconds="0")
    assert await process.ended() == Exit.FAILED
    (failed,) = (event for event in process.events() if event["event"] == "loading failed")
    assert any("ca.yaml:1" in fault for fault in failed["faults"])


async def test_whoever_opens_it_to_others_is_told_so(launch: Launch) -> None:
    process = launch(host="0.0.0.0", open_without_keys="true")  # noqa: S104 - this is what the test is about
    await process.line(r"listens on http://127\.0\.0\.1:\d+ \(WITHOUT KEYS")


async def test_without_keys_it_opens_itself_to_nobody_else(launch: Launch) -> None:
    process = launch(host="0.0.0.0")  # noqa: S104 - the same
    assert await process.ended() == Exit.FAILED
    assert "can be reached from other machines, and there are no keys" in "".join(process.written)
