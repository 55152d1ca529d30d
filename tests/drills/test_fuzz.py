"""Spoilt values and records by the thousand: whatever comes in, there is an answer or a refusal, never a failure.

``DRETS_FUZZ=1000000 pytest tests/drills/test_fuzz.py -s`` asks for a million of them, and prints the slowest. ``DRETS_FUZZ_SEED`` makes others; a
failure names seed and number, which make the same again.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any

import httpx
import orjson
import pytest

from normalizers import RecordSyntaxError, Registry, as_json
from service.handlers.normalize import READERS
from tests.mutation import Mutator, case_texts, sample_files, spoil_bytes, spoil_object
from tests.processes import launching

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("DRETS_FUZZ", "2000"))
SEED = os.environ.get("DRETS_FUZZ_SEED", "1")
RECORDS_OF = 10
"""One record for so many values: a record has some twenty values of its own."""

LARGEST_FILE = 60_000
SLOWEST = 2.0
"""Seconds of one processor for one value of up to 4,000 characters, or one file: far beyond what any takes, and yet no hang."""


@dataclass(frozen=True, slots=True)
class Material:
    """What is spoilt: texts, and records as files."""

    mutator: Mutator
    files: tuple[bytes, ...]


@pytest.fixture(scope="module")
def material(checkout: Path) -> Material:
    """Take the cases of the tests and, where they lie beside the checkout, real values and records."""
    shared = checkout.parent / "shared"
    texts = case_texts()
    for path in sorted((shared / "eval").glob("*.jsonl")):
        texts += [json.loads(line)["input"] for line in path.read_text(encoding="utf-8").splitlines()]
    files = [path.read_bytes() for path in sample_files([shared / "samples"], LARGEST_FILE)]
    files += [text.encode() for text in texts if text.count("\n") > 2]
    return Material(Mutator(tuple(text for text in texts if text)), tuple(files))


@dataclass(slots=True)
class Failures:
    """What failed, one of each place, so that it can be made again."""

    found: dict[tuple[str, str], str] = field(default_factory=dict)

    @contextmanager
    def noted(self, number: int, what: Any) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, the drill goes on and tells of it at the end
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
            self.found.setdefault((place, frame.name), f"{place}, DRETS_FUZZ_SEED={SEED}, number {number}: {what!r:.600}")

    def check(self) -> None:
        assert not self.found, "\n".join(self.found.values())


def chance_of(kind: str, number: int) -> Random:
    return Random(f"{SEED} {kind} {number}")  # noqa: S311 - it must come back, not be a secret


@dataclass(slots=True)
class Slowest:
    """The piece that took longest, and how long all took."""

    seconds: float = 0.0
    piece: str = ""
    total: float = 0.0

    @contextmanager
    def timed(self, piece: str) -> Iterator[None]:
        began = time.process_time()
        yield
        took = time.process_time() - began
        self.total += took
        if took > self.seconds:
            self.seconds, self.piece = took, piece

    def report(self, what: str, count: int) -> None:
        print(f"\n{count} {what} in {self.total:.0f} s; the slowest took {self.seconds * 1e3:.0f} ms: {self.piece:.120}")  # noqa: T201 - for long runs
        assert self.seconds < SLOWEST, self.piece


def test_any_value_is_answered(registry: Registry, material: Material) -> None:
    slowest, failures = Slowest(), Failures()
    for number in range(COUNT):
        chance = chance_of("value", number)
        name, text = chance.choice(registry.fields), material.mutator.text(chance)
        with failures.noted(number, (name, text)):
            with slowest.timed(f"{name}, {len(text)} characters, number {number}"):
                result = registry.normalize_uncached(name, text)
            assert result.text == text
            read = result.read_as or text
            assert all(read[item.start : item.end] == item.text for item in result.evidence)
            json.dumps(as_json(result))
    slowest.report("values", COUNT)
    failures.check()


def test_any_record_is_answered_or_refused(registry: Registry, material: Material) -> None:
    slowest, answers, failures = Slowest(), Counter[str](), Failures()
    for number in range(COUNT // RECORDS_OF):
        chance = chance_of("record", number)
        content = chance.choice(material.files)
        source, form = _record(content, registry, material, chance)
        with failures.noted(number, (form, source)), slowest.timed(f"{form}, {len(content)} bytes, number {number}"):
            try:
                orjson.dumps(registry.normalize_record(source, format=form))
                answers["read"] += 1
            except RecordSyntaxError:
                answers["refused"] += 1
    slowest.report(f"records {dict(answers)}", COUNT // RECORDS_OF)
    failures.check()
    assert set(answers) == {"read", "refused"}


def _record(content: bytes, registry: Registry, material: Material, chance: Random) -> tuple[Any, str]:
    """Spoil a record in the form that it has, and sometimes call it by the name of another."""
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError:
        document = None
    if isinstance(document, list) and document:
        document = document[0]
    if isinstance(document, dict):
        forms = [form for form in registry.record_formats if form == "json" or form.endswith(("_json", "_org"))]
        return spoil_object(document, material.mutator, chance), chance.choice(forms)
    spoilt = spoil_bytes(content, material.files, chance)
    encoded = sorted(registry.encoded_formats)
    if content.lstrip()[:1] == b"<":
        return spoilt, chance.choice(("xml", "xml", chance.choice(encoded)))
    if b"\x1e" in content:
        return spoilt, "marc21"
    return spoilt.decode(errors="replace"), chance.choice(("text", "ris", "bibtex"))


async def test_no_request_is_answered_with_a_failure(material: Material, tmp_path: Path) -> None:
    statuses, failures = Counter[int](), Failures()
    with launching(tmp_path) as launch:
        process = launch(log_level="error")
        async with httpx.AsyncClient(base_url=await process.ready(), timeout=60) as client:
            for number in range(COUNT // RECORDS_OF):
                request = _request(material, chance_of("request", number))
                answer = await _send(client, request)
                statuses[answer.status_code] += 1
                with failures.noted(number, request):
                    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
                    for line in answer.content.splitlines() if request["url"].endswith("stream") else [answer.content]:
                        assert orjson.loads(line).get("status") != HTTPStatus.INTERNAL_SERVER_ERROR
            assert (await client.get("/healthz")).status_code == HTTPStatus.OK
    print(f"\n{sum(statuses.values())} requests: {dict(statuses)}")  # noqa: T201 - for long runs
    # First what the service itself says of it: that is the cause.
    assert [event for event in process.events() if event.get("level") == "error"] == []
    failures.check()


async def _send(client: httpx.AsyncClient, request: dict[str, Any]) -> httpx.Response:
    """Send a request, and again where the service is too busy to read it."""
    while True:
        answer = await client.post(**request)
        if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            return answer
        await asyncio.sleep(0.2)


def _request(material: Material, chance: Random) -> dict[str, Any]:
    kind = chance.randrange(4)
    if kind == 0:
        fields = ("language", "resource_type", "version", "peer_review", "rights", "access_right", "embargo", "date", "identifier")
        values = [{"id": str(place), "field": chance.choice(fields), "text": material.mutator.text(chance)} for place in range(RECORDS_OF)]
        body = json.dumps({"values": values}).encode()
        return _posted("/v1/values", body if chance.random() < 0.7 else spoil_bytes(body, material.files, chance), "application/json")
    if kind == 1:
        lines = (spoil_object({"dc:title": "T", "dc:rights": material.mutator.text(chance)}, material.mutator, chance) for _ in range(5))
        return _posted("/v1/normalize/stream", "\n".join(map(json.dumps, lines)).encode(), "application/x-ndjson")
    content = chance.choice(material.files)
    guess = "application/xml" if content.lstrip()[:1] == b"<" else "application/json" if content.lstrip()[:1] in b"{[" else "text/plain"
    return _posted(
        "/v1/normalize", spoil_bytes(content, material.files, chance), chance.choice((guess, guess, chance.choice(tuple(READERS))))
    )


def _posted(url: str, body: bytes, content_type: str) -> dict[str, Any]:
    return {"url": url, "content": body, "headers": {"Content-Type": content_type}}
