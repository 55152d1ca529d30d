"""Jobs: from the upload to the download, over a real service with its runner and its worker."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest

from bulk.record_answers import answer_record, dump_answer
from bulk.records import Item, Place, Reject
from drets.client import AsyncClient
from normalizers import Registry
from service.jobs.keeper import sweep
from service.jobs.tables import JOBS
from service.state import SETTINGS, STORE
from service.store import now
from tests.processes import launching

JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}
STREAM = {"Content-Type": "application/octet-stream"}
JOB_MEMBERS = {"id", "state", "name", "format", "object", "created", "started", "finished", "expires", "progress", "fault", "links"}


def record(number: int) -> dict[str, Any]:
    return {
        "dc:title": f"Els molins, {number}",
        "dc.language.iso": ("cat", "spa", "qqq")[number % 3],
        "dc:rights": f"CC BY 4.0 ({number % 7})",
    }


def lines(count: int) -> bytes:
    """Write so many records one a line, of which every fiftieth is broken."""
    return b"".join(b"{broken\n" if number % 50 == 49 else json.dumps(record(number)).encode() + b"\n" for number in range(count))


def expected(registry: Registry, count: int) -> bytes:
    answers = (answer_record(registry, Item(Place("x", 1), json.dumps(record(n)).encode(), "json")) for n in range(count) if n % 50 != 49)
    return b"".join(dump_answer(answer, pretty=False) for answer in answers if not isinstance(answer, Reject))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one service for all tests of this module, which may name objects below a folder."""
    home = tmp_path_factory.mktemp("jobs")
    objects = home / "objects" / "2026"
    objects.mkdir(parents=True)
    (objects / "dump.ndjson.gz").write_bytes(gzip.compress(lines(120)))
    (objects / "empty.csv").touch()
    (home / "secret.ndjson").write_bytes(lines(3))
    (objects / "link.ndjson").symlink_to(home / "secret.ndjson")
    with launching(home) as launch:
        process = launch(news_seconds="0.1", objects=f"file://{home / 'objects'}", job_bytes="3000000")
        yield asyncio.run(process.ready())


@pytest.fixture
async def session(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(url) as opened:
        yield opened


async def give(session: aiohttp.ClientSession, body: Any, headers: dict[str, str], status: int = 202, *, query: str = "") -> dict[str, Any]:
    async with session.post(f"/v1/jobs{query}", data=io.BytesIO(body) if isinstance(body, bytes) else body, headers=headers) as answer:
        content: dict[str, Any] = await answer.json(content_type=None)
        assert answer.status == status, content
        if status == 202:
            assert set(content) == JOB_MEMBERS
            assert answer.headers["Location"] == content["links"]["self"] == f"/v1/jobs/{content['id']}"
        return content


async def get(session: aiohttp.ClientSession, path: str, status: int = 200) -> bytes:
    async with session.get(path) as answer:
        body = await answer.read()
        assert answer.status == status, body[:500]
        return body


async def finished(session: aiohttp.ClientSession, job: dict[str, Any], state: str = "done") -> dict[str, Any]:
    async with AsyncClient(str(session._base_url)) as client:  # noqa: SLF001 - it has no other way to say whom it speaks with
        last: dict[str, Any] = {**await asyncio.wait_for(client.jobs.wait(job["id"]), 120)}
    assert last["state"] == state, last
    return last


async def test_a_file_becomes_a_result_rejects_and_a_report(session: aiohttp.ClientSession, registry: Registry) -> None:
    job = await finished(session, await give(session, lines(700), NDJSON, query="?name=dump.ndjson"))
    assert await get(session, job["links"]["result"]) == expected(registry, 700)
    rejects = [json.loads(line) for line in (await get(session, job["links"]["rejects"])).splitlines()]
    assert [(reject["file"], reject["line"]) for reject in rejects] == [("dump.ndjson", number) for number in range(50, 701, 50)]
    report = json.loads(await get(session, job["links"]["report"]))
    assert (report["records"], report["rejected"]) == (686, 14)
    assert job["progress"] | {"records_per_second": 0} == {
        "records": 700,
        "rejected": 14,
        "bytes": len(lines(700)),
        "bytes_total": len(lines(700)),
        "records_per_second": 0,
        "seconds_left": None,
    }


async def test_a_download_can_be_taken_up_again(session: aiohttp.ClientSession) -> None:
    job = await finished(session, await give(session, lines(60), NDJSON))
    path = job["links"]["result"]
    async with session.get(path) as whole:
        content, tag = await whole.read(), whole.headers["ETag"]
        assert whole.content_type == "application/x-ndjson"
    async with session.get(path, headers={"Range": "bytes=1000-", "If-Range": tag}) as rest:
        assert (rest.status, await rest.read()) == (206, content[1000:])
    async with session.get(path, headers={"Range": "bytes=1000-", "If-Range": '"another"'}) as anew:
        assert (anew.status, await anew.read()) == (200, content)
    async with session.get(path, headers={"Range": "bytes=1000-", "If-Range": whole.headers["Last-Modified"]}) as rest:
        assert (rest.status, await rest.read()) == (206, content[1000:])
    async with session.get(path, headers={"If-None-Match": tag}) as known:
        assert known.status == 304
    async with session.head(path) as head:
        assert (head.status, int(head.headers["Content-Length"])) == (200, len(content))
    async with session.get(path, headers={"If-Match": f'"another", {tag}'}) as same:
        assert same.status == 200
    async with session.get(path, headers={"Range": f"bytes={len(content)}-"}) as behind:
        problem = await behind.json(content_type=None)
        assert (problem["type"], behind.headers["Content-Range"]) == ("urn:drets:problem:range-not-satisfiable", f"bytes */{len(content)}")


@pytest.fixture(scope="module")
def result(url: str) -> str:
    """Give the address of a result that may be asked for in any way."""

    async def make() -> str:
        async with aiohttp.ClientSession(url) as session:
            return str((await finished(session, await give(session, lines(10), NDJSON)))["links"]["result"])

    return asyncio.run(make())


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=10-19", 206, slice(10, 20)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=-99999999", 206, slice(None)),
        ("bytes=5-99999999", 206, slice(5, None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("items=0-1", 200, slice(None)),
        ("bytes=9-5", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("bytes=x-y", 200, slice(None)),
        ("bytes=1" + "0" * 5_000 + "-", 200, slice(None)),
        ("bytes=-0", 416, None),
        ("bytes=99999999-", 416, None),
    ],
)
async def test_a_range_is_heeded_or_passed_over(
    session: aiohttp.ClientSession, result: str, asked: str, status: int, part: slice | None
) -> None:
    content = await get(session, result)
    async with session.get(result, headers={"Range": asked}) as answer:
        body = await answer.read()
        assert answer.status == status
    if part is None:
        assert json.loads(body)["type"] == "urn:drets:problem:range-not-satisfiable"
    else:
        assert body == content[part]
        assert answer.headers.get("Content-Length") == str(len(body))
    async with session.head(result, headers={"Range": asked}) as head:
        assert (head.status, head.headers["Content-Length"]) == (200, str(len(content)))


@pytest.mark.parametrize("header", [{"If-Match": '"another"'}, {"If-Unmodified-Since": "Wed, 21 Oct 2015 07:28:00 GMT"}])
async def test_a_condition_that_does_not_hold_is_a_problem(session: aiohttp.ClientSession, result: str, header: dict[str, str]) -> None:
    async with session.get(result, headers=header) as answer:
        assert (answer.status, answer.content_type) == (412, "application/problem+json")
        assert (await answer.json(content_type=None))["type"] == "urn:drets:problem:precondition-failed"


async def test_the_same_key_gives_the_same_job(session: aiohttp.ClientSession) -> None:
    first = await give(session, lines(20), NDJSON | {"Idempotency-Key": "k-1"})
    again = await asyncio.gather(*(give(session, lines(20), STREAM | {"Idempotency-Key": "k-1"}) for _ in range(5)))
    assert {job["id"] for job in again} == {first["id"]}
    problem = await give(session, lines(21), NDJSON | {"Idempotency-Key": "k-1"}, 409)
    assert problem["type"] == "urn:drets:problem:conflict"
    await give(session, lines(20), NDJSON | {"Idempotency-Key": "k-1"}, 409, query="?format=json")
    assert (await give(session, lines(20), NDJSON | {"Idempotency-Key": "k-2"}))["id"] != first["id"]
    await give(session, lines(20), NDJSON | {"Idempotency-Key": "a b"}, 400)


async def test_events_tell_of_progress_until_the_end(session: aiohttp.ClientSession) -> None:
    job = await give(session, lines(900), NDJSON)
    events = (await asyncio.wait_for(get(session, f"/v1/jobs/{job['id']}/events"), 60)).decode().replace("\r", "").strip().split("\n\n")
    kinds = [dict(line.split(": ", 1) for line in event.splitlines()) for event in events if not event.startswith(":")]
    assert {kind["event"] for kind in kinds[:-1]} == {"progress"}
    assert len({kind["id"] for kind in kinds}) == len(kinds)
    async with session.get(f"/v1/jobs/{job['id']}/events", headers={"Last-Event-ID": kinds[0]["id"]}) as again:
        assert "event: end" in await again.text()
    async with session.get(f"/v1/jobs/{job['id']}/events", headers={"Last-Event-ID": kinds[-1]["id"]}) as over:
        assert (over.status, await over.read()) == (204, b"")
    assert kinds[-1]["event"] == "end"
    counts = [json.loads(kind["data"])["progress"]["records"] for kind in kinds]
    assert (counts[-1], counts) == (900, sorted(counts))


def form(part: str, filename: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    head = f'--x\r\nContent-Disposition: form-data; name="{part}"; filename="{filename}"\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("../../../etc/passwd.gz", "passwd.gz"),
        ("C:\\\\temp\\\\dump.gz", "dump.gz"),
        ("..", "upload"),
        ("/", "upload"),
        ("molí.gz", "molí.gz"),
        ("a\u202egz.exe", "agz.exe"),
    ],
)
async def test_the_name_of_a_file_is_for_people_and_no_path(session: aiohttp.ClientSession, filename: str, shown: str) -> None:
    job = await finished(session, await give(session, *form("file", filename, gzip.compress(lines(30)))))
    assert (job["name"], job["progress"]["records"]) == (shown, 30)
    async with session.get(job["links"]["result"]) as answer:
        assert answer.content_disposition is not None
        assert answer.content_disposition.filename == shown.split(".", maxsplit=1)[0] + ".clean.ndjson"


async def test_a_form_without_a_file_is_refused(session: aiohttp.ClientSession) -> None:
    problem = await give(session, *form("other", "x", b"x"), 422)
    assert problem["errors"] == [{"pointer": "/file", "detail": "The form has no part with the name 'file'."}]
    await give(session, b"--y\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, 400)
    await give(session, b"--x", {"Content-Type": "multipart/form-data"}, 400)


async def test_an_object_of_the_store(session: aiohttp.ClientSession, registry: Registry) -> None:
    job = await finished(session, await give(session, json.dumps({"object": "2026/dump.ndjson.gz"}), JSON))
    assert (job["name"], job["object"]) == ("dump.ndjson.gz", "2026/dump.ndjson.gz")
    assert await get(session, job["links"]["result"]) == expected(registry, 120)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.ndjson",
        "2026/../../secret.ndjson",
        "/etc/passwd",
        "2026/link.ndjson",
        "2026",
        "2026//dump.ndjson.gz",
        "zip://x::2026/dump.ndjson.gz",
        "file:///etc/passwd",
        "2026/none.ndjson",
        "..\\secret.ndjson",
        "a\u0000b",
    ],
)
async def test_no_name_of_an_object_leads_out_of_the_store(session: aiohttp.ClientSession, name: str) -> None:
    problem = await give(session, json.dumps({"object": name}), JSON, 422)
    assert [fault["pointer"] for fault in problem["errors"]] == ["/object"]
    assert "secret" not in json.dumps(problem["errors"])


@pytest.mark.parametrize("job_id", ["..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "0" * 31, "0" * 32, "A" * 32, "'%20OR%20'1'='1", "0%00"])
async def test_no_id_leads_anywhere_else(session: aiohttp.ClientSession, job_id: str) -> None:
    for path in ("", "/result", "/events"):
        async with session.get(f"/v1/jobs/{job_id}{path}") as answer:
            assert answer.status == 404
    async with session.delete(f"/v1/jobs/{job_id}") as answer:
        assert answer.status in {404, 405}


async def test_the_format_is_recognized_or_told(session: aiohttp.ClientSession) -> None:
    as_list = json.dumps([record(number) for number in range(5)]).encode()
    assert (await finished(session, await give(session, as_list, STREAM)))["progress"]["records"] == 5
    as_text = await finished(session, await give(session, as_list, STREAM, query="?format=text"))
    assert (as_text["progress"]["records"], as_text["format"]) == (1, "text")
    assert (await give(session, as_list, STREAM, 422, query="?format=colour"))["errors"][0]["pointer"] == "/query/format"


async def test_what_is_too_large_is_refused_and_leaves_nothing(session: aiohttp.ClientSession) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 65_536

    before = json.loads(await get(session, "/v1/jobs"))["jobs"]
    assert (await give(session, endless(), STREAM, 413))["type"] == "urn:drets:problem:too-large"
    assert (await give(session, b"x" * 3_000_001, STREAM, 413))["type"] == "urn:drets:problem:too-large"
    assert json.loads(await get(session, "/v1/jobs"))["jobs"] == before


async def test_what_is_empty_is_refused_and_leaves_nothing(session: aiohttp.ClientSession) -> None:
    before = json.loads(await get(session, "/v1/jobs"))["jobs"]
    for body, headers in ((b"", STREAM), form("file", "empty.csv", b"")):
        assert (await give(session, body, headers, 400))["detail"] == "The file is empty: there is nothing in it to normalize."
    problem = await give(session, json.dumps({"object": "2026/empty.csv"}), JSON, 422)
    assert problem["errors"] == [{"pointer": "/object", "detail": "The object is empty: there is nothing in it to normalize."}]
    assert json.loads(await get(session, "/v1/jobs"))["jobs"] == before


async def test_a_list_with_pages(session: aiohttp.ClientSession) -> None:
    given = [(await give(session, lines(1), NDJSON))["id"] for _ in range(7)]
    seen: list[str] = []
    path: str | None = "/v1/jobs?limit=3"
    while path is not None and len(seen) < 7:
        page = json.loads(await get(session, path))
        seen += [job["id"] for job in page["jobs"]]
        path = page["next"]
    assert seen[:7] == given[::-1]
    await get(session, "/v1/jobs?cursor=' OR 1=1", 422)
    await get(session, "/v1/jobs?limit=0", 422)
    await get(session, "/v1/jobs?state=blue", 422)
    states = {job["state"] for job in json.loads(await get(session, "/v1/jobs?state=done"))["jobs"]}
    assert states <= {"done"}


async def test_a_job_can_be_stopped_and_forgotten(session: aiohttp.ClientSession) -> None:
    job = await give(session, lines(12_000), NDJSON)
    async with session.post(job["links"]["cancel"]) as answer:
        assert (await answer.json())["state"] == "cancelled"
    assert json.loads(await get(session, f"/v1/jobs/{job['id']}/result", 409))["detail"] == "The job is cancelled; no result will come."
    async with session.delete(f"/v1/jobs/{job['id']}") as answer:
        assert answer.status == 204
    await get(session, f"/v1/jobs/{job['id']}", 404)


async def test_a_huge_job_does_not_starve_a_small_one(session: aiohttp.ClientSession) -> None:
    huge = await give(session, lines(16_000), NDJSON)
    small = await finished(session, await give(session, lines(100), NDJSON))
    left = json.loads(await get(session, f"/v1/jobs/{huge['id']}"))
    assert small["progress"]["records"] == 100
    assert left["state"] == "running"
    async with session.delete(f"/v1/jobs/{huge['id']}") as answer:
        assert answer.status == 204


async def test_results_expire(start: Any) -> None:
    service = await start()
    store, settings = service.app[STORE], service.app[SETTINGS]
    folder = settings.state / "jobs" / ("a" * 32)
    folder.mkdir(parents=True)
    (folder / "result.ndjson").write_bytes(b"{}\n")
    old = {"id": "a" * 32, "fingerprint": "", "state": "done", "name": "x", "bytes": 3, "created": 1.0, "finished": 2.0, "expires": 3.0e9}
    async with store.write() as connection:
        await connection.execute(JOBS.insert().values(old))
    await sweep(store, settings)
    assert await (await service.client.get(f"/v1/jobs/{'a' * 32}/result")).read() == b"{}\n"
    async with store.write() as connection:
        await connection.execute(JOBS.update().values(expires=now() - 10))
    await sweep(store, settings)
    assert not folder.exists()
    await service.problem(await service.client.get(f"/v1/jobs/{'a' * 32}/result"), 410)
