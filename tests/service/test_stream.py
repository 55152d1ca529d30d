"""``POST /v1/normalize/stream``: one answer a line, in order, and one line's fault is that line's."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest

from normalizers import Registry
from service.schemas.operations import Problem
from tests.service.conftest import Service, Start

NDJSON = {"Content-Type": "application/x-ndjson"}


def record(number: int) -> dict[str, Any]:
    return {"dc:title": f"Record {number}", "dc:rights": "CC BY 4.0"}


def lines_of(body: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in body.splitlines()]


async def send(service: Service, *lines: bytes | dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    body = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    response = await service.client.post("/v1/normalize/stream", data=body, headers=NDJSON, **options)
    assert (response.status, response.content_type) == (200, "application/x-ndjson")
    return lines_of(await response.read())


async def test_answers_come_in_the_order_of_the_lines(service: Service, registry: Registry) -> None:
    records = [record(number) for number in range(300)]
    assert await send(service, *records) == [registry.normalize_record(item, format="json") for item in records]
    (line,) = service.requests()
    assert (line["items"], line["status"]) == (300, 200)


async def test_languages_are_detected_in_every_line_where_that_is_asked_for(service: Service, registry: Registry) -> None:
    records = [{"dc:title": "Los antiguos molinos de agua del valle y su influencia en el paisaje de toda la comarca"}, record(1)]
    response = await service.client.post("/v1/normalize/stream?detect=true", data="\n".join(map(json.dumps, records)), headers=NDJSON)
    answers = lines_of(await response.read())
    assert answers == [registry.normalize_record(item, format="json", detect=True) for item in records]
    assert [[issue["code"] for issue in answer["issues"]] for answer in answers] == [["language_suggested"], []]


async def test_every_reading_of_a_stream_is_counted_once(service: Service) -> None:
    answers = await send(service, *(record(number) for number in range(1_000)))
    decided = sum(len(answer["decisions"]) for answer in answers)
    metrics = await (await service.client.get("/metrics")).text()
    assert sum(float(number) for number in re.findall(r"^drets_values_total\{.*\} (\S+)$", metrics, re.MULTILINE)) == decided
    assert sum(service.requests()[0]["outcomes"].values()) == decided


async def test_a_faulty_line_gets_a_problem_in_its_place(start: Start, registry: Registry) -> None:
    service = await start(record_bytes=2_000, text_characters=1_500)
    faulty: list[tuple[bytes, int]] = [
        (b"{", 400),
        (b"", 400),
        (b'{"a": "\xe9"}', 400),
        (b'{"a": 1, "a": 2}', 400),
        (b"[" * 500, 400),
        (b'"Title: x"', 422),
        (b"[{}]", 422),
        (json.dumps({"dc:title": "x" * 1_600}).encode(), 422),
        (json.dumps({"dc:title": "x" * 3_000}).encode(), 413),
    ]
    sent: list[bytes | dict[str, Any]] = []
    for number, (line, _) in enumerate(faulty):
        sent += [line, record(number)]
    answers = await send(service, *sent)
    assert answers[1::2] == [registry.normalize_record(record(number), format="json") for number in range(len(faulty))]
    for number, (answer, (_, status)) in enumerate(zip(answers[::2], faulty, strict=True)):
        assert (answer["status"], answer["line"]) == (status, 2 * number + 1)
        assert Problem().validate(answer) == {}
    (logged,) = service.requests()
    assert (logged["status"], logged["items"], logged["faults"]) == (200, len(faulty), len(faulty))


async def test_the_last_line_needs_no_line_break(service: Service) -> None:
    body = b'{"dc:rights": "CC0"}\r\n{"dc:rights": "CC0"}'
    response = await service.client.post("/v1/normalize/stream", data=body, headers=NDJSON)
    first, second = lines_of(await response.read())
    assert first == second
    assert "metadata" in first


async def test_an_empty_stream_has_no_answers(service: Service) -> None:
    assert await send(service) == []


async def test_a_compressed_stream_is_read(service: Service, registry: Registry) -> None:
    body = gzip.compress(b"\n".join(json.dumps(record(number)).encode() for number in range(2_000)))
    response = await service.client.post("/v1/normalize/stream", data=body, headers={**NDJSON, "Content-Encoding": "gzip"})
    answers = lines_of(await response.read())
    assert answers == [registry.normalize_record(record(number), format="json") for number in range(2_000)]


async def test_an_answer_does_not_wait_for_the_next_line(service: Service) -> None:
    """A client may send one record, read its answer, and only then send the next."""
    read = asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        for number in range(3):
            yield json.dumps(record(number)).encode() + b"\n"
            await asyncio.wait_for(read.wait(), 30)
            read.clear()

    response = await service.client.post("/v1/normalize/stream", data=body(), headers=NDJSON)
    for _ in range(3):
        assert "metadata" in json.loads(await asyncio.wait_for(response.content.readline(), 30))
        read.set()
    assert await response.content.read() == b""


async def test_a_stream_that_falls_silent_ends_with_a_problem(start: Start) -> None:
    service = await start(stream_idle_seconds=1)

    async def body() -> AsyncIterator[bytes]:
        yield json.dumps(record(1)).encode() + b'\n{"dc:title": "half'
        await asyncio.sleep(60)

    response = await service.client.post("/v1/normalize/stream", data=body(), headers=NDJSON)
    answer, problem = lines_of(await response.read())
    assert "metadata" in answer
    assert (problem["status"], problem["line"]) == (408, 2)
    assert response.headers.get("Connection") is None or response.status == 200


async def test_a_stream_that_breaks_its_framing_ends_with_a_problem(service: Service) -> None:
    sent = (
        b"POST /v1/normalize/stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\n"
        b"Content-Length: 8\r\n\r\nnot gzip"
    )
    answer = await service.raw(sent)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"status":400' in answer
    assert b'"line":1' in answer


async def test_a_client_that_reads_nothing_is_let_go(start: Start) -> None:
    service = await start(stream_idle_seconds=0.5)
    with socket.create_connection((str(service.client.host), int(service.client.port or 0))) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)  # noqa: FBT003 - the signature is that of the standard library
        loop = asyncio.get_running_loop()
        head = b"POST /v1/normalize/stream HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        lines = b'{"dc:rights": "CC BY 4.0"}\n' * 500

        async def push() -> None:
            await loop.sock_sendall(client, head)
            while True:
                await loop.sock_sendall(client, b"%x\r\n%s\r\n" % (len(lines), lines))

        with pytest.raises(ConnectionError):
            await asyncio.wait_for(push(), 30)
    (logged,) = service.requests()
    assert logged["status"] == 499
    assert (await service.client.get("/healthz")).status == 200


async def test_a_stream_leaves_room_for_others(start: Start) -> None:
    """While a stream is read at full speed, a single value is answered soon."""
    service = await start(turn_milliseconds=1)
    lines = [json.dumps({"dc:title": f"T{number}", "dc:rights": f"CC BY {number}"}).encode() for number in range(1_000)]
    stream = asyncio.create_task(send(service, *lines))
    await asyncio.sleep(0.05)
    answered = 0
    while not stream.done():
        assert (await asyncio.wait_for(service.client.get("/v1/values/license?text=CC0"), 60)).status == 200
        answered += 1
    assert len(await stream) == 1_000
    assert answered >= 3
