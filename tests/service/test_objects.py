"""Objects of a store, read by fsspec from a real server: names lead nowhere else, and a store that is away is told from an object that is not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bulk.exits import Exit
from service.jobs import orders
from service.jobs.board import Board
from service.jobs.files import JobFiles
from service.jobs.model import Job, State
from service.jobs.objects import DriverError, ObjectError, ObjectsAwayError, check_driver, fetch_object, size_of_object
from service.jobs.orders import Order
from service.jobs.tenure import Tenure
from service.settings import Settings
from service.store import open_store
from tests.processes import launching


class Quiet(SimpleHTTPRequestHandler):
    """Gives files; what is named after trouble is told of by HEAD, and fails by GET."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if "trouble" in self.path:
            self.send_error(500)
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a folder of objects, and beside it what no client may have."""
    home = tmp_path_factory.mktemp("web")
    (home / "dumps").mkdir()
    (home / "secret.ndjson").write_bytes(b"{}\n")
    for name in ("set.ndjson", "a b.ndjson", "molí.ndjson", "100%.ndjson", "x#y?z=1.ndjson", "trouble.ndjson"):
        (home / "dumps" / name).write_bytes(b"{}\n" * 100)
    (home / "dumps" / "none").touch()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(home))) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/dumps/"
        server.shutdown()
        serving.join()


def job_of(name: str) -> Job:
    known: dict[str, Any] = dict.fromkeys(Job.__slots__, 0)
    return Job(**{**known, "id": "a" * 32, "state": State.RUNNING, "object": name, "epoch": 1})


def fetched(base: str, name: str, folder: Path, most: int = 1_000) -> bytes:
    files = JobFiles(folder)
    fetch_object(base, job_of(name), files, most)
    return files.input.read_bytes()


@pytest.mark.parametrize("name", ["set.ndjson", "a b.ndjson", "molí.ndjson", "100%.ndjson", "x#y?z=1.ndjson"])
def test_an_object_of_the_web_is_fetched_by_its_name(base: str, name: str, tmp_path: Path) -> None:
    assert size_of_object(base, name) == 300
    assert fetched(base, name, tmp_path) == b"{}\n" * 100


@pytest.mark.parametrize(
    "name", ["nowhere", "%2e%2e/secret.ndjson", "..%2fsecret.ndjson", "../secret.ndjson", "set.ndjson/..", "@example.org/x", "set.ndjson?x"]
)
def test_no_name_leads_out_of_a_store_of_the_web(base: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(ObjectError):
        size_of_object(base, name)
    with pytest.raises(ObjectError):
        fetched(base, name, tmp_path)
    assert not list(tmp_path.glob("input"))


def test_an_object_that_grew_is_not_taken(base: str, tmp_path: Path) -> None:
    with pytest.raises(ObjectError, match="more than 299 bytes"):
        fetched(base, "set.ndjson", tmp_path, most=299)


async def test_a_store_that_is_away_is_asked_again_and_given_up_in_the_end(base: str, tmp_path: Path) -> None:
    settings = Settings(objects=base, state=tmp_path)
    store = await open_store(None, tmp_path)
    try:
        order = Order(id="b" * 32, name="x", format=None, object="trouble.ndjson", bytes=300, fingerprint="")
        job, board = await orders.give(store, order), Board(store, owner="us", lease=60)
        for times in range(1, 9):
            held = await board.claim()
            assert held is not None
            unused: Any = None
            tenure = Tenure(held, settings, board, unused, unused, unused, unused)
            if times < 8:
                with pytest.raises(ObjectsAwayError):
                    await tenure.run()
                await board.give_back(held, attempts=0)
            else:
                await tenure.run()
        found = await orders.find(store, job.id)
        assert found is not None
        assert (found.state, found.fault) == (State.FAILED, "The store of objects does not answer.")
    finally:
        await store.close()


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check_driver("file:///srv/dumps")
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(DriverError, match="s3fs"):
        check_driver("s3://bucket/dumps")


async def test_the_service_does_not_start_where_it_could_read_no_object(tmp_path: Path) -> None:
    with launching(tmp_path) as launch:
        process = launch(objects="colour://bucket/dumps")
        assert await process.ended() == Exit.FAILED
    assert "".join(process.written) == "drets: objects cannot be read (DRETS_OBJECTS): Protocol not known: colour\n"
