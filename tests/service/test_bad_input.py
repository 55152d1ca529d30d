"""Whatever comes in gets the right status, a problem that says where and what, and a line in the log; the service goes on."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from backports import zstd

from service.app import create_app
from service.problems import Kind
from service.state import ENGINE
from tests.processes import until
from tests.service.conftest import Service, Start

JSON = {"Content-Type": "application/json"}
TEXT = {"Content-Type": "text/plain"}
READING = ("/v1/normalize", "/v1/values")


@pytest.fixture(autouse=True)
async def goes_on(service: Service) -> AsyncIterator[None]:
    """Whatever a test sends to the service, it answers as before afterwards."""
    yield
    response = await service.client.post("/v1/values", json={"values": [{"id": "1", "field": "license", "text": "CC0 1.0"}]})
    assert (await response.json())["values"][0]["status"] == "matched"


@pytest.mark.parametrize("address", READING)
@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'{"values": ', "line 1"),
        (b'{"dc:title": "Versi\xf3"}', "byte 19"),
        (b"\xff\xfe{\x00}\x00", "byte 0"),
        (b"[" * 100_000, "depth"),
        (b'{"a":' * 50 + b"1" + b"}" * 50, "32 levels"),
        (b'{"values": [], "values": []}', "twice"),
    ],
)
async def test_a_malformed_body(service: Service, address: str, body: bytes, where: str) -> None:
    problem = await service.problem(await service.client.post(address, data=body, headers=JSON), 400)
    assert where in " ".join([problem["detail"], *(fault["detail"] for fault in problem["errors"])])
    assert problem["errors"]


@pytest.mark.parametrize(("body", "where"), [(b"", "empty"), (b"Title: Versi\xf3", "byte 12, on line 1")])
async def test_a_malformed_page(service: Service, body: bytes, where: str) -> None:
    problem = await service.problem(await service.client.post("/v1/normalize", data=body, headers=TEXT), 400)
    assert where in problem["detail"]


@pytest.mark.parametrize("address", [*READING, "/v1/normalize/stream"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/pdf"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "json"},
        {"Content-Type": ";;;"},
        {"Content-Type": "application/json; charset=iso-8859-1"},
        {"Content-Type": "text/plain; charset=utf-16"},
        {"Content-Type": "application/x-ndjson; charset=latin1"},
    ],
)
async def test_a_body_of_another_type(service: Service, address: str, headers: dict[str, str]) -> None:
    response = await service.client.post(address, data=b"{}", headers=headers)
    problem = await service.problem(response, 415)
    assert "Content-Type" in problem["detail"] or "charset" in problem["detail"]
    assert "application/" in response.headers["Accept-Post"]


async def test_a_body_of_no_type(service: Service) -> None:
    response = await service.client.post("/v1/values", data=b"{}", skip_auto_headers=["Content-Type"])
    assert "no Content-Type" in (await service.problem(response, 415))["detail"]


@pytest.mark.parametrize("coding", ["br", "compress", "gzip, gzip", "x"])
async def test_an_unknown_compression(service: Service, coding: str) -> None:
    sent = f"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: 2\r\n"
    answer = await service.raw(sent.encode() + b"Connection: close\r\n\r\n{}")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert json.loads(body)["status"] == int(head.split()[1]) == 415
    assert b"application/problem+json" in head
    assert b"\r\naccept-encoding: zstd, gzip, deflate\r\n" in head.lower()


async def test_a_broken_compression(service: Service) -> None:
    response = await service.client.post("/v1/values", data=b"not gzip", headers={**JSON, "Content-Encoding": "gzip"})
    assert "compression" in (await service.problem(response, 400))["detail"]


@pytest.mark.parametrize("address", READING)
async def test_a_body_of_50_megabytes(service: Service, address: str) -> None:
    response = await service.client.post(address, data=io.BytesIO(b" " * 50_000_000), headers=JSON)
    assert "bytes" in (await service.problem(response, 413))["detail"]
    assert service.requests()[-1]["received"] == 0


async def test_a_body_of_50_megabytes_that_does_not_say_so(service: Service) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * 1_000_000

    await service.problem(await service.client.post("/v1/normalize", data=body(), headers=TEXT), 413)
    assert service.requests()[-1]["received"] < 3_000_000


BOMBS = {"gzip": lambda body: gzip.compress(body, 9), "zstd": zstd.compress}


@pytest.mark.parametrize("coding", BOMBS)
async def test_a_body_that_unpacks_to_two_hundred_megabytes(service: Service, coding: str) -> None:
    bomb = BOMBS[coding](b" " * 200_000_000)
    assert len(bomb) < 300_000
    await service.problem(await service.client.post("/v1/normalize", data=bomb, headers={**TEXT, "Content-Encoding": coding}), 413)
    assert service.requests()[-1]["received"] < 5_000_000


@pytest.mark.parametrize(
    ("body", "headers", "pointer"),
    [
        (json.dumps({"values": [{"id": "1", "field": "license", "text": "x" * 100_000}]}).encode(), JSON, "/values/0/text"),
        (json.dumps({"dc:title": "x", "dc:rights": ["y", "x" * 100_000]}).encode(), JSON, "/dc:rights/1"),
        (b"Title: x\nRights: " + b"y" * 100_000, TEXT, ""),
    ],
)
async def test_a_text_of_100_000_characters(service: Service, body: bytes, headers: dict[str, str], pointer: str) -> None:
    address = "/v1/values" if b'"values"' in body else "/v1/normalize"
    problem = await service.problem(await service.client.post(address, data=body, headers=headers), 422)
    assert problem["errors"][0]["pointer"] == pointer
    assert "100,0" in problem["errors"][0]["detail"]


ODD_TEXTS = [
    "\x00",
    "CC\x00BY\x00\x01\x02\x1b[31m 4.0",
    "\ufeff\u200b\u202eCC BY\u202c",
    "СС ВY 4.0 في Creative 知识共享 Commons ไทย",
    "e" + "\u0301" * 5_000,
    "\U0001f3f4\U000e0067\U000e0062" * 300,
    "\ufffd\uffff\U0010ffff",
    "a" * 49_000,
    "(" * 5_000 + ")" * 5_000,
    "CC BY " * 1_000,
    "Ã©Ã¨ &amp;lt;b&gt; " * 100,
]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
async def test_odd_texts_are_read_or_not_but_never_fail(service: Service, text: str) -> None:
    fields = ["license", "access_right", "rights"]
    values = [{"id": field, "field": field, "text": text} for field in fields]
    response = await service.client.post("/v1/values", json={"values": values})
    assert response.status == 200
    assert [(result["id"], result["text"]) for result in (await response.json())["values"]] == [(field, text) for field in fields]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
async def test_odd_records_are_read_too(service: Service, text: str) -> None:
    record: dict[str, Any] = {"dc:title": text, "dc:rights": [text, "CC0"], text[:100]: text}
    assert (await service.client.post("/v1/normalize", json=record)).status == 200
    page = f"{text}\nRights: {text}\n{text}: x".encode()
    assert (await service.client.post("/v1/normalize", data=page, headers=TEXT)).status == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/v1", 404),
        ("GET", "/v1/values/", 404),
        ("GET", "/v1/values/license/more", 404),
        ("GET", "/v1/../healthz/..", 404),
        ("GET", "/v2/%00%FF", 404),
        ("GET", "/v1/normalize", 405),
        ("PUT", "/v1/values", 405),
        ("DELETE", "/v1/values/license", 405),
        ("POST", "/healthz", 405),
        ("TRACE", "/healthz", 405),
        ("BREW", "/v1/normalize", 405),
    ],
)
async def test_another_address_or_method(service: Service, method: str, address: str, status: int) -> None:
    answer = await service.raw(f"{method} {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    problem = json.loads(body)
    if method == "BREW":
        # A method that HTTP does not define does not get past aiohttp's parser.
        assert problem["status"] == 400
        return
    assert problem["status"] == status
    assert (b"Allow: " in head) == (status == 405)
    assert service.requests()[-1]["request_id"] == problem["request_id"]


@pytest.mark.parametrize(
    ("address", "methods"),
    [("/v1/normalize", "OPTIONS, POST"), ("/v1/values/license", "GET, HEAD, OPTIONS"), ("/healthz", "GET, HEAD, OPTIONS")],
)
async def test_options_names_the_methods_and_opens_no_door(service: Service, address: str, methods: str) -> None:
    response = await service.client.options(
        address, headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )
    assert (response.status, response.headers["Allow"], await response.read()) == (204, methods, b"")
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


async def test_head_of_an_error_has_no_body(service: Service) -> None:
    response = await service.client.head("/nowhere")
    assert (response.status, response.content_type, await response.read()) == (404, "application/problem+json", b"")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET /\xc3\x28 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"/" * 9_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 10_000 + b"\r\n", 400),
        (b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400),
        (b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400),
    ],
)
async def test_what_is_no_request(service: Service, sent: bytes, status: int) -> None:
    answer = await service.raw(sent)
    head, _, body = answer.partition(b"\r\n\r\n")
    problem = json.loads(body)
    assert (int(head.split()[1]), problem["status"]) == (status, status)
    assert b"Content-Type: application/problem+json" in head
    (line,) = (line for line in service.requests() if line["request_id"] == problem["request_id"])
    assert (line["route"], line["status"]) == ("(unreadable)", status)


@pytest.mark.parametrize("address", ["/v1/values", "/nowhere"])
async def test_an_unknown_expectation(service: Service, address: str) -> None:
    response = await service.client.post(address, data=b"{}", headers={**JSON, "Expect": "coffee"})
    await service.problem(response, 417)


async def test_a_client_that_asks_first_is_told_to_go_on(service: Service) -> None:
    response = await service.client.post("/v1/values", data=b'{"values": []}', headers=JSON, expect100=True)
    assert await response.json() == {"values": []}


async def test_a_client_that_asks_first_is_refused_before_it_sends(service: Service) -> None:
    sent = (
        b"POST /v1/values HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50000000\r\nExpect: 100-continue\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection(service.client.host, service.client.port)
    writer.write(sent)
    assert (await asyncio.wait_for(reader.readline(), 60)).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_a_body_that_does_not_arrive_in_time(start: Start) -> None:
    slow = await start(body_seconds=0.2)
    sent = b"POST /v1/normalize HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nTitle: ha"
    reader, writer = await asyncio.open_connection(slow.client.host, slow.client.port)
    writer.write(sent)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
    assert head.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in head.lower()
    assert slow.requests()[-1]["problem"] == Kind.TIMEOUT.slug
    assert (await slow.client.get("/healthz")).status == 200
    writer.close()


async def test_a_client_that_leaves_halfway_is_logged(service: Service) -> None:
    _, writer = await asyncio.open_connection(service.client.host, service.client.port)
    writer.write(b"POST /v1/normalize HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nTitle: ha")
    await writer.drain()
    await until(lambda: service.app[ENGINE].active == 1)
    writer.transport.abort()
    await until(lambda: bool(service.requests()))
    (line,) = service.requests()
    assert (line["route"], line["status"]) == ("/v1/normalize", 499)
    assert not [line for line in service.log() if line["level"] == "error"]


@pytest.mark.parametrize("sent", [b"", b"POST /v1/norm", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"])
async def test_a_connection_on_which_nothing_happens_is_closed(start: Start, sent: bytes) -> None:
    idle = await start(keepalive_seconds=0.2)
    assert await idle.raw(sent) == b""


async def test_an_unexpected_error_says_nothing_to_the_client_and_its_kind_to_the_log(start: Start) -> None:
    class Broken:
        fields = ("license",)
        secret = "what the client sent, quoted by an error"  # noqa: S105 - no password

        def normalize(self, *_positional: Any, **_named: Any) -> Any:
            raise KeyError(self.secret)

        def with_overrides(self, _overrides: object) -> Any:
            return self

    broken = await start(loaded=Broken())
    problem = await broken.problem(await broken.client.get("/v1/values/license?text=x"), 500)
    assert problem["detail"] == "The cause is in the log of the service, under the request id."
    (line,) = (line for line in broken.log() if line["level"] == "error")
    assert (line["event"], line["error"], line["request_id"]) == ("failed", "KeyError", problem["request_id"])
    assert any("handlers/values.py" in place for place in line["places"])
    assert Broken.secret not in broken.written.getvalue()


def test_every_kind_of_problem_has_its_own_name() -> None:
    assert len({kind.slug for kind in Kind}) == len({kind.title for kind in Kind}) == len(Kind)
    assert callable(create_app)
