"""Jobs and terms through the client, against a real service, and downloads from one that breaks off."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from drets.client import AsyncClient, Client, ClientError, Patience, ProblemError, TermAddress, Value, is_finished
from normalizers import Registry, term_key
from service.terms.counting import key_of

QUICK = Patience(tries=3, first_wait=0.01)
RECORDS = [{"dc:title": f"Els molins, {number}", "dc:rights": "CC BY 4.0"} for number in range(40)]
LINES = b"".join(json.dumps(record).encode() + b"\n" for record in RECORDS) + b"{broken\n"
ARTICLE = "http://purl.org/coar/resource_type/c_6501"


@pytest.fixture(scope="module")
def client(live: str) -> Iterator[Client]:
    with Client(live) as client:
        yield client


@pytest.fixture
async def waiting(live: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(live) as client:
        yield client


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.ndjson"
    path.write_bytes(LINES)
    return path


def test_a_job_from_the_file_to_its_results(client: Client, dump: Path, registry: Registry) -> None:
    job = client.jobs.give(dump)
    states = list(client.jobs.watch(job))
    assert (states[-1]["state"], states[-1]["name"]) == ("done", "dump.ndjson")
    assert [is_finished(state) for state in states] == [False] * (len(states) - 1) + [True]
    assert list(client.jobs.results(job)) == [registry.normalize_record(record, format="json") for record in RECORDS]
    assert [reject["line"] for reject in client.jobs.rejects(job)] == [41]
    assert (client.jobs.report(job)["records"], client.jobs.report(job)["rejected"]) == (40, 1)
    target = dump.with_name("clean.ndjson")
    client.jobs.save(job, target)
    assert [json.loads(line) for line in target.read_bytes().splitlines()] == list(client.jobs.results(job["id"]))
    assert sorted(path.name for path in dump.parent.iterdir()) == ["clean.ndjson", "dump.ndjson"]
    assert job["id"] in [listed["id"] for listed in client.jobs.list(state="done")]
    client.jobs.forget(job)
    with pytest.raises(ProblemError, match="404"):
        client.jobs.show(job)


async def test_the_client_that_awaits_does_the_same(waiting: AsyncClient, dump: Path, registry: Registry) -> None:
    job = await waiting.jobs.give(dump, name="a name", key="client-1")
    again = await waiting.jobs.give(LINES, name="another", key="client-1")
    assert (again["id"], again["name"]) == (job["id"], "a name")
    assert (await waiting.jobs.wait(job))["state"] == "done"
    assert [answer async for answer in waiting.jobs.results(job)] == [
        registry.normalize_record(record, format="json") for record in RECORDS
    ]
    assert [reject["line"] async for reject in waiting.jobs.rejects(job)] == [41]
    await waiting.jobs.save(job, dump, "rejects")
    assert json.loads(await asyncio.to_thread(dump.read_bytes))["line"] == 41
    assert (await waiting.jobs.report(job))["rejected"] == 1
    assert (await waiting.jobs.cancel(job))["state"] == "done"
    assert job["id"] in [listed["id"] async for listed in waiting.jobs.list()]
    with pytest.raises(ProblemError, match="409"):
        await waiting.jobs.give(b"{}\n", key="client-1")
    with pytest.raises(ProblemError, match="No store of objects"):
        await waiting.jobs.give_object("2026/dump.ndjson")
    await waiting.jobs.forget(job)


@pytest.fixture(scope="module")
def met(client: Client) -> list[str]:
    """Ask for more terms than a page of the list has, and wait until they are counted; gives their keys."""
    texts = [f"qwerty client {number}" for number in range(60)]
    client.values(Value(id="", field="resource_type", text=text) for text in texts)
    keys = [key_of(term_key(text)) for text in texts]
    for _ in range(600):
        if set(keys) <= {term["key"] for term in client.terms.search(field="resource_type", q="qwerty client")}:
            return keys
        time.sleep(0.1)
    raise AssertionError("not counted")


def test_a_term_is_decided_on_and_withdrawn(client: Client, met: list[str]) -> None:
    address = TermAddress("resource_type", met[0])
    assert client.terms.impact(address, "identifier", identifier=ARTICLE)["changed"] == 1
    term = client.terms.decide(address, "identifier", identifier=ARTICLE, author="Mar", note="seen")
    assert term["decision"] is not None
    assert (term["decision"]["identifier"], term["decision"]["note"]) == (ARTICLE, "seen")
    assert address.key in [found["key"] for found in client.terms.search("decided", field="resource_type")]
    assert f"qwerty client 0,identifier,{ARTICLE}" in client.terms.export_sheet()
    client.terms.withdraw(term, author="Pau")
    assert [entry["action"] for entry in client.terms.audit() if entry["key"] == address.key] == ["withdraw", "decide"]
    with pytest.raises(ProblemError, match="404"):
        client.terms.withdraw(address, author="Pau")


async def test_terms_awaited(waiting: AsyncClient, met: list[str]) -> None:
    found = [term async for term in waiting.terms.search(q="qwerty client", suggest=True)]
    assert {term["key"] for term in found} >= set(met[1:])
    assert all("suggestions" in term for term in found)
    sheet = "".join(f"resource_type,{term['text']},none,,Mar,\n" for term in found)
    assert await waiting.terms.import_sheet("field,text,decision,identifier,author,note\n" + sheet) == len(found)
    assert [term async for term in waiting.terms.search(q="qwerty client")] == []
    shown = await waiting.terms.show(found[0])
    assert shown["decision"] is not None
    assert (await waiting.terms.impact(shown, "ignore"))["met"] == 1
    assert (await waiting.terms.decide(shown, "ignore", author="Mar"))["field"] == "resource_type"
    assert len([entry async for entry in waiting.terms.audit() if entry["text"].startswith("qwerty client")]) > len(found)
    assert (await waiting.terms.export_sheet()).count("qwerty client") == len(found)
    for term in found:
        await waiting.terms.withdraw(term, author="Mar")


CONTENT = bytes(range(256)) * 4_000


@contextmanager
def breaking(*, piece: int, changes: bool = False) -> Iterator[tuple[str, list[str | None]]]:
    """Serve a file of which each answer breaks off after a piece; gives the address, and the ranges that were asked for."""
    asked: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Range"])
            first = 0 if asked[-1] is None else int(asked[-1].removeprefix("bytes=").removesuffix("-"))
            is_known = self.headers["If-Range"] in {None, '"tag"'} and not (changes and first)
            self.send_response(206 if first and is_known else 200)
            rest = CONTENT[first if is_known else 0 :]
            self.send_header("ETag", '"tag"')
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[:piece])

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


async def test_a_download_that_breaks_off_goes_on_where_it_was(tmp_path: Path) -> None:
    target = tmp_path / "result"
    with breaking(piece=100_000) as (url, asked), Client(url, patience=QUICK) as client:
        client.jobs.save("a" * 32, target)
        assert (target.read_bytes(), len(asked)) == (CONTENT, 11)
    with breaking(piece=100_000) as (url, asked):
        async with AsyncClient(url, patience=QUICK) as waiting:
            await waiting.jobs.save("a" * 32, target)
        assert (target.read_bytes(), len(asked)) == (CONTENT, 11)


def test_a_later_call_takes_an_earlier_one_up(tmp_path: Path) -> None:
    target = tmp_path / "result"
    with breaking(piece=0) as (url, asked), Client(url, patience=QUICK) as client:
        (tmp_path / f".result.{'a' * 32}.part").write_bytes(CONTENT[:900_000])
        with pytest.raises(ClientError, match="3 tries"):
            client.jobs.save("a" * 32, target)
        assert (asked, target.exists()) == (["bytes=900000-"] * 3, False)
    with breaking(piece=100_000) as (url, asked), Client(url, patience=QUICK) as client:
        client.jobs.save("a" * 32, target)
        assert (target.read_bytes(), asked[0]) == (CONTENT, "bytes=900000-")


def test_a_file_that_is_another_by_now_is_not_joined_to_the_one_before(tmp_path: Path) -> None:
    with (
        breaking(piece=100_000, changes=True) as (url, _),
        Client(url, patience=QUICK) as client,
        pytest.raises(ClientError, match="not the one"),
    ):
        client.jobs.save("a" * 32, tmp_path / "result")
