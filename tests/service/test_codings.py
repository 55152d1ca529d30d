"""Compressed bodies, both ways: what comes out is what would have come without, and nothing of a stream is held back by it."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from backports import zstd

from tests.service.conftest import Service

NDJSON = "application/x-ndjson"
VALUES = {"values": [{"id": str(number), "field": "license", "text": "CC BY 4.0"} for number in range(20)]}
PACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "zstd": zstd.compress, "deflate": zlib.compress, "identity": bytes}
UNPACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "zstd": zstd.decompress, "identity": bytes}


async def ask(service: Service, method: str, path: str, **options: Any) -> tuple[aiohttp.ClientResponse, bytes]:
    """Ask without the client's own decompression."""
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.request(method, service.client.make_url(path), **options) as response,
    ):
        return response, await response.read()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("zstd", "zstd"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("*", "zstd"),
        ("zstd;q=0, gzip", "gzip"),
        ("br, deflate", "identity"),
        ("gzip;q=0", "identity"),
        ("", "identity"),
    ],
)
async def test_an_answer_has_the_coding_that_the_client_reads(service: Service, accepted: str, coding: str) -> None:
    plain = await (await service.client.post("/v1/values", json=VALUES)).json()
    response, body = await ask(service, "POST", "/v1/values", json=VALUES, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding", "identity") == coding
    assert "Accept-Encoding" in response.headers["Vary"]
    assert int(response.headers["Content-Length"]) == len(body)
    assert json.loads(UNPACK[coding](body)) == plain


async def test_short_answers_stay_as_they_are(service: Service) -> None:
    response, body = await ask(service, "GET", "/healthz", headers={"Accept-Encoding": "gzip"})
    assert ("Content-Encoding" in response.headers, json.loads(body)) == (False, {"status": "pass"})


@pytest.mark.parametrize("coding", PACK)
async def test_a_body_may_have_any_of_the_codings(service: Service, coding: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    response, body = await ask(service, "POST", "/v1/values", data=PACK[coding](json.dumps(VALUES).encode()), headers=headers)
    answer = UNPACK[response.headers.get("Content-Encoding", "identity")](body)
    assert (response.status, len(json.loads(answer)["values"])) == (200, 20)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_a_stream_is_compressed_both_ways(service: Service, coding: str) -> None:
    lines = b"".join(b'{"dc:title": "%d", "dc:rights": "CC0 1.0"}\n' % number for number in range(500))
    headers = {"Content-Type": NDJSON, "Content-Encoding": coding, "Accept-Encoding": coding}
    response, body = await ask(service, "POST", "/v1/normalize/stream", data=PACK[coding](lines), headers=headers)
    assert (response.status, response.headers["Content-Encoding"]) == (200, coding)
    answers = UNPACK[coding](body).splitlines()
    assert [json.loads(answer)["metadata"]["title"] for answer in answers] == [str(number) for number in range(500)]
    assert len(body) < len(b"".join(answers)) / 5


async def test_an_answer_is_not_held_back(service: Service) -> None:
    more = asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield b'{"dc:title": "first"}\n'
        await more.wait()
        yield b'{"dc:title": "second"}\n'

    headers = {"Content-Type": NDJSON, "Accept-Encoding": "gzip"}
    async with aiohttp.ClientSession() as session:
        url = service.client.make_url("/v1/normalize/stream")
        async with session.post(url, data=body(), headers=headers) as response:
            first = await asyncio.wait_for(response.content.readline(), 60)
            more.set()
            second = await asyncio.wait_for(response.content.readline(), 60)
    assert [json.loads(line)["metadata"]["title"] for line in (first, second)] == ["first", "second"]
