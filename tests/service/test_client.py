"""The client against a real service, and against servers that are busy, broken or gone."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from drets.client import AsyncClient, Client, ClientError, Patience, ProblemError, UnreachableError, Value, is_problem
from normalizers import Registry, as_json

QUICK = Patience(tries=3, first_wait=0.01)
RECORD = {"dc:title": "Els molins de la vall", "dc:rights": "CC BY 4.0", "dc.language.iso": "cat"}
VALUES = [
    Value(id="1", field="license", text="CC BY-NC-ND 3.0 Espanya", locale="ca"),
    Value(id="2", field="access_right", text="accés obert"),
    Value(id="3", field="license", text="CC BY", assume_version="4.0"),
]


@pytest.fixture
def client(live: str) -> Iterator[Client]:
    with Client(live) as client:
        yield client


@pytest.fixture
async def waiting(live: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(live) as client:
        yield client


def records(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"dc:title": f"Record {number}", "dc:rights": "CC BY 4.0"}


def test_a_record_and_a_page_are_normalized(client: Client, registry: Registry) -> None:
    assert client.normalize(RECORD) == registry.normalize_record(RECORD, format="json")
    page = "Els molins de la vall\nRights: CC BY 4.0\n"
    assert client.normalize(page) == registry.normalize_record(page, format="text")


def test_values_are_read_in_their_order(client: Client, registry: Registry) -> None:
    results = client.values(VALUES)
    assert [result["id"] for result in results] == ["1", "2", "3"]
    assert results[0] == {"id": "1", **as_json(registry.normalize("license", VALUES[0].text, locale="ca"))}
    assert results[2]["identifiers"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert client.value("language", "Anglès")["identifiers"] == ["en"]


def test_what_is_served_is_told(client: Client, registry: Registry) -> None:
    assert {"drets": registry.versions["drets"], **client.vocabularies()} == dict(registry.versions)
    assert client.locales() == sorted(registry.locales)


def test_a_stream_comes_in_order_and_is_read_as_it_is_sent(client: Client) -> None:
    taken = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal taken
        for record in records(3_000):
            taken += 1
            yield record

    ahead = []
    for number, answer in enumerate(client.stream(counted())):
        assert not is_problem(answer)
        assert answer["metadata"]["title"] == f"Record {number}"
        ahead.append(taken - number)
    assert len(ahead) == 3_000
    # What is held at any moment is a piece of bounded size, whatever the length of the stream.
    assert max(ahead) < 1_300


def test_a_faulty_record_gets_a_problem_in_its_place(client: Client) -> None:
    sent: list[dict[str, Any]] = [RECORD, {"dc:title": "x" * 60_000}, RECORD]
    answers = list(client.stream(sent))
    assert [is_problem(answer) for answer in answers] == [False, True, False]
    assert answers[1]["status"] == 422  # type: ignore[typeddict-item]  # a problem, as was just asserted


def test_large_records_are_sent_one_by_one(live: str) -> None:
    large = [{"dc:title": f"{number}", "dc:description": ["x" * 40_000] * 10} for number in range(6)]
    with Client(live, timeout=20) as client:
        assert [answer["metadata"]["title"] for answer in client.stream(large) if not is_problem(answer)] == [*"012345"]


def test_a_refusal_says_where(client: Client) -> None:
    with pytest.raises(ProblemError, match=r"422 .*\n/values/1/field: The fields are") as refusal:
        client.values([VALUES[0], Value(id="2", field="colour", text="blue")])
    assert (refusal.value.status, refusal.value.problem["errors"][0]["pointer"]) == (422, "/values/1/field")


async def test_the_client_that_awaits_answers_alike(client: Client, waiting: AsyncClient) -> None:
    assert await waiting.normalize(RECORD) == client.normalize(RECORD)
    assert await waiting.values(VALUES) == client.values(VALUES)
    assert await waiting.value("language", "Anglès") == client.value("language", "Anglès")
    assert await waiting.vocabularies() == client.vocabularies()
    assert await waiting.locales() == client.locales()
    with pytest.raises(ProblemError):
        await waiting.value("colour", "blue")


async def test_the_client_that_awaits_takes_records_of_either_kind(waiting: AsyncClient) -> None:
    async def coming() -> AsyncIterator[dict[str, Any]]:
        for record in records(1_000):
            yield record

    titles = [f"Record {number}" for number in range(1_000)]
    for source in (coming(), records(1_000)):
        answers = [answer async for answer in waiting.stream(source)]
        assert [answer["metadata"]["title"] for answer in answers if not is_problem(answer)] == titles


@contextmanager
def scripted(*answers: tuple[int, dict[str, str]]) -> Iterator[tuple[str, list[float]]]:
    """Serve answers one after the other, the last of them for ever; gives the address, and when each request came."""
    asked: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers = answers[min(len(asked), len(answers) - 1)]
            asked.append(time.monotonic())
            if status == 0:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            body = json.dumps({"locales": [{"tag": "ca"}]}).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


BUSY: tuple[int, dict[str, str]] = (503, {})
DONE: tuple[int, dict[str, str]] = (200, {})


@pytest.mark.parametrize("trouble", [BUSY, (429, {}), (502, {}), (504, {}), (0, {})])
async def test_what_passes_is_tried_again(trouble: tuple[int, dict[str, str]]) -> None:
    with scripted(trouble, trouble, DONE) as (url, asked), Client(url, patience=QUICK) as client:
        assert (client.locales(), len(asked)) == (["ca"], 3)
    with scripted(trouble, trouble, DONE) as (url, asked):
        async with AsyncClient(url, patience=QUICK) as waiting:
            assert (await waiting.locales(), len(asked)) == (["ca"], 3)


def test_what_does_not_pass_is_given_up() -> None:
    with scripted(BUSY) as (url, asked), Client(url, patience=QUICK) as client:
        with pytest.raises(ClientError, match="503"):
            client.locales()
        assert len(asked) == 3
    with scripted((500, {})) as (url, asked), Client(url, patience=QUICK) as client:
        with pytest.raises(ClientError, match="500"):
            client.locales()
        assert len(asked) == 1


def test_the_service_says_when_to_come_again() -> None:
    with scripted((429, {"Retry-After": "1"}), DONE) as (url, asked), Client(url, patience=QUICK) as client:
        client.locales()
        assert asked[1] - asked[0] >= 1
    with scripted((503, {"Retry-After": "3600"})) as (url, asked), Client(url, patience=QUICK) as client:
        with pytest.raises(ClientError):
            client.locales()
        assert len(asked) == 1


def test_nobody_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = "http://{}:{}".format(*taken.getsockname())
    with Client(url, patience=QUICK) as client, pytest.raises(UnreachableError, match="3 tries"):
        client.locales()
