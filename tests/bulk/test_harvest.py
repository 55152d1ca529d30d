"""Harvesting from a real server on loopback: every record once, whatever it is interrupted by."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bulk.exits import Exit
from bulk.harvest.client import retry_after
from tests.bulk.conftest import Drets, Launch
from tests.bulk.oai_server import OaiServer, running


@pytest.fixture
def server() -> Iterator[OaiServer]:
    with running(OaiServer()) as found:
        yield found


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def identifiers(path: Path) -> list[str]:
    return [answer["metadata"]["record"]["identifier"] for answer in answers(path)]


def expected(server: OaiServer) -> list[str]:
    return [f"oai:loop.example:{number}" for number in range(server.total)]


def test_every_record_comes_once_and_in_order(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    options = ["--from-date", "2024-01-01", "--until", "2024-02-01", "--set", "s", "--report", tmp_path / "report.json"]
    run = drets("harvest", server.url, "-o", out, "--delay", 0, *options)
    assert run.exit_code == Exit.DONE, run.stderr
    assert identifiers(out) == expected(server)
    assert answers(out)[4]["metadata"] == {
        "schema": "drets-record-1",
        "record": {"identifier": "oai:loop.example:4", "modified": "2024-01-05", "deleted": True},
    }
    assert server.requests[0] == {
        "verb": "ListRecords",
        "metadataPrefix": "oai_dc",
        "set": "s",
        "from": "2024-01-01",
        "until": "2024-02-01",
    }
    assert server.requests[1:] == [{"verb": "ListRecords", "resumptionToken": str(start)} for start in (10, 20, 30)]
    assert sorted(tmp_path.iterdir()) == [out, tmp_path / "report.json"]
    assert json.loads((tmp_path / "report.json").read_bytes())["records"] == server.total


def test_raw_answers_are_what_normalize_reads(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    raw, out, direct = tmp_path / "raw.xml.gz", tmp_path / "out", tmp_path / "direct"
    assert drets("harvest", server.url, "--raw", "-o", raw, "--delay", 0).exit_code == Exit.DONE
    drets("normalize", raw, "-o", out)
    drets("harvest", server.url, "-o", direct, "--delay", 0)
    assert out.read_bytes() == direct.read_bytes()


def test_a_busy_server_is_asked_again_after_as_long_as_it_wants(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    server.failures = {
        1: web.Response(status=503, headers={"Retry-After": "0"}),
        3: web.Response(status=429, headers={"Retry-After": soon}),
        4: web.Response(status=502),
        6: web.Response(text="<OAI-PMH><ListRecords><record>", content_type="text/xml"),
    }
    run = drets("harvest", server.url, "-o", tmp_path / "out", "--delay", 0)
    assert run.exit_code == Exit.DONE
    assert identifiers(tmp_path / "out") == expected(server)
    assert run.stderr.count("waiting") == 4
    assert len(server.requests) == 4 + 4


def test_a_pause_is_made_between_two_requests(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    begun = time.monotonic()
    drets("harvest", server.url, "-o", tmp_path / "out", "--delay", 0.2, "--raw")
    assert time.monotonic() - begun >= 0.6


def test_a_record_that_cannot_be_read_costs_none_of_the_others(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    server.broken = frozenset({7})
    run = drets("harvest", server.url, "-o", tmp_path / "out", "--rejects", tmp_path / "rejects", "--delay", 0)
    assert run.exit_code == Exit.FAULTY
    (reject,) = answers(tmp_path / "rejects")
    assert (reject["file"], reject["title"]) == (server.url, "Malformed record")
    assert "oai:loop.example:7" in reject["record"]
    assert len(identifiers(tmp_path / "out")) == server.total - 1


def test_a_harvest_that_a_failure_stopped_goes_on_where_it_was(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    out = tmp_path / "out"
    server.failures = {3: web.Response(status=503, headers={"Retry-After": "5000"})}
    stopped = drets("harvest", server.url, "-o", out, "--delay", 0)
    assert stopped.exit_code == Exit.FAILED
    assert "go on with --resume" in stopped.stderr
    assert not out.exists()
    assert drets("harvest", server.url, "-o", out, "--delay", 0, "--resume").exit_code == Exit.DONE
    assert identifiers(out) == expected(server)
    assert [request.get("resumptionToken") for request in server.requests] == [None, "10", "20", "20", "30"]


def test_a_harvest_with_other_options_is_not_gone_on_with(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    server.failures = {2: web.Response(status=404)}
    assert drets("harvest", server.url, "-o", tmp_path / "out", "--delay", 0).exit_code == Exit.FAILED
    other = drets("harvest", server.url, "-o", tmp_path / "out", "--delay", 0, "--resume", "--set", "other")
    assert (other.exit_code, "question changed" in other.stderr) == (Exit.FAILED, True)


@pytest.mark.slow
def test_a_harvest_that_was_killed_loses_and_doubles_no_record(launch: Launch, drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    server.total = 95
    out = tmp_path / "out"
    process = launch("harvest", server.url, "-o", out, "--delay", "0.4")
    deadline = time.monotonic() + 60
    while len(server.requests) < 7 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    asked = len(server.requests)
    assert drets("harvest", server.url, "-o", out, "--delay", 0, "--resume").exit_code == Exit.DONE
    assert identifiers(out) == expected(server)
    assert server.requests[asked].get("resumptionToken"), "the harvest began anew"


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, ["--prefix", "mods"], "CannotDisseminateFormat"),
        (
            {"failures": {1: web.Response(status=301, headers={"Location": "https://moved.example/oai"})}},
            [],
            "moved to https://moved.example/oai",
        ),
        ({"failures": {1: web.Response(status=404)}}, [], "status 404"),
        ({"failures": {1: web.Response(text="hello", content_type="text/plain")}}, ["--retries", "0"], "no XML"),
        ({"forgets": True}, [], "start anew"),
        ({"repeats": True}, [], "same resumption token"),
        ({"failures": {1: web.Response(status=503)}}, ["--retries", "0"], "status 503"),
    ],
)
def test_what_a_server_refuses_is_said(  # noqa: PLR0913, PLR0917 - three of them are fixtures
    drets: Drets, server: OaiServer, tmp_path: Path, change: dict[str, Any], options: list[str], message: str
) -> None:
    for name, value in change.items():
        setattr(server, name, value)
    run = drets("harvest", server.url, "-o", tmp_path / "out", "--delay", 0, *options)
    assert run.exit_code == Exit.FAILED
    assert message in run.stderr
    assert not (tmp_path / "out").exists()


def test_no_records_that_fit_are_no_fault(drets: Drets, server: OaiServer, tmp_path: Path) -> None:
    run = drets("harvest", server.url, "-o", tmp_path / "out", "--set", "empty")
    assert (run.exit_code, (tmp_path / "out").read_bytes()) == (Exit.DONE, b"")
    assert "no records that fit" in run.stderr


@pytest.mark.parametrize("url", ["not an address", "ftp://127.0.0.1/oai", "http://127.0.0.1:1/oai"])
def test_an_address_where_nobody_answers_is_said(drets: Drets, tmp_path: Path, url: str) -> None:
    assert drets("harvest", url, "-o", tmp_path / "out", "--retries", 0).exit_code == Exit.FAILED


@pytest.mark.parametrize(
    "options", [["--raw", "--to", "csv"], ["--resume"], ["--to", "parquet", "-o", "x.parquet"], ["-o", "same", "--rejects", "same"]]
)
def test_options_that_contradict_each_other_are_refused(drets: Drets, options: list[str]) -> None:
    assert drets("harvest", "http://127.0.0.1:1", *options).exit_code == Exit.USAGE


def test_a_wait_may_be_told_by_a_date_or_in_no_way_that_can_be_read() -> None:
    class Told:
        def __init__(self, text: str) -> None:
            self.headers = {"Retry-After": text}

    assert retry_after(Told("12")) == 12  # type: ignore[arg-type]  # only the headers are looked at
    assert retry_after(Told("Wed, 21 Oct 2015 07:28:00 GMT")) == 0  # type: ignore[arg-type]
    assert retry_after(Told("soon")) is None  # type: ignore[arg-type]


def test_without_the_extra_nothing_is_begun(drets: Drets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oaipmh_scythe", None)
    run = drets("harvest", "http://127.0.0.1:9/oai", "-o", tmp_path / "out.ndjson")
    assert run.exit_code == Exit.FAILED
    assert "pip install 'drets[harvest]'" in run.stderr
    assert list(tmp_path.iterdir()) == []
