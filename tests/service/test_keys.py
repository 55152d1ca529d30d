"""Keys open what they are for, for as long as they are good; who shows none is told so, and no secret is ever written down."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bulk.exits import Exit
from service.admission import GATE, SCOPES
from service.keys.commands import keys
from service.keys.secrets import Scope, hash_of, is_secret_of, make_key, split_key
from service.keys.tables import add_key
from service.routes import ROUTES
from service.state import STORE
from service.store import now
from service.store.database import FILE
from tests.processes import only, slowness, until
from tests.service.conftest import Service, Start

READING = "/v1/values/license?text=CC0"


def run(state: Path, *arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(keys, arguments, env=only(DRETS_STATE=str(state), DRETS_NEWS_SECONDS="0.05"))
    assert result.exit_code == status, result.output
    return result.stdout.strip()


def files_of(state: Path) -> list[bytes]:
    return [path.read_bytes() for path in state.glob(f"{FILE}*")]


async def make(state: Path, *options: str) -> str:
    return await asyncio.to_thread(run, state, "create", "--name", "test", *options)


async def status(service: Service, key: str | None, address: str = READING) -> int:
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    response = await service.client.get(address, headers=headers)
    if response.status >= 400:
        await service.problem(response, response.status)
    return response.status


async def test_with_the_first_key_the_door_closes(start: Start, state: Path) -> None:
    service = await start(state=state, news_seconds=0.05)
    assert await status(service, None) == 200
    key = await make(state)
    await until(lambda: not service.app[GATE].keys.is_open)
    assert [await status(service, given) for given in (key, None, "", "x" * 5_000, key[:-1] + "!", key + "x")] == [
        200,
        401,
        401,
        401,
        401,
        401,
    ]
    response = await service.client.get(READING)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="drets"'
    for free in ("/healthz", "/readyz", "/metrics", "/openapi.json"):
        assert await status(service, None, free) == 200


async def test_another_secret_with_a_known_id_opens_nothing(start: Start, state: Path) -> None:
    key = await make(state)
    other = make_key()
    service = await start(state=state)
    assert await status(service, f"drets_{key.split('_')[1]}_{other.key.split('_', 2)[2]}") == 401


@pytest.mark.parametrize(
    ("scope", "statuses"), [("normalize", [200, 403]), ("jobs", [403, 200]), ("curate", [403, 403]), ("admin", [200, 200])]
)
async def test_a_key_is_for_what_it_is_for(start: Start, state: Path, scope: str, statuses: list[int]) -> None:
    key = await make(state, "--scope", scope)
    service = await start(state=state)
    assert [await status(service, key, address) for address in (READING, "/v1/jobs")] == statuses


async def test_a_key_that_is_taken_back_opens_nothing_and_the_door_stays_closed(start: Start, state: Path) -> None:
    key = await make(state)
    service = await start(state=state, news_seconds=0.05)
    assert await status(service, key) == 200
    await asyncio.to_thread(run, state, "revoke", key.split("_")[1])
    for _ in range(1200):
        if await status(service, key) == 401:
            break
        await asyncio.sleep(0.05)
    assert [await status(service, key), await status(service, None)] == [401, 401]


async def test_a_key_runs_out(start: Start, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = await make(state, "--days", "1")
    service = await start(state=state)
    assert await status(service, key) == 200
    later = now() + 86_401
    monkeypatch.setattr("service.keys.book.now", lambda: later)
    assert await status(service, key) == 401


async def test_a_key_runs_out_by_itself_in_every_process(start: Start, state: Path) -> None:
    services = [await start(state=state, news_seconds=0.05) for _ in range(2)]
    made, seconds = make_key(), 15 * slowness()
    await add_key(services[0].app[STORE], made, name="brief", scopes=frozenset({Scope.NORMALIZE}), seconds=seconds)
    ends = now() + seconds
    await until(lambda: not any(service.app[GATE].keys.is_open for service in services))
    assert [await status(service, made.key) for service in services] == [200, 200]
    assert (await asyncio.to_thread(run, state, "list")).split("\t")[1] == "good"
    await asyncio.sleep(ends - now() + 0.1)
    assert [await status(service, made.key) for service in services] == [401, 401]
    assert [await status(service, None) for service in services] == [401, 401]
    assert (await asyncio.to_thread(run, state, "list")).split("\t")[1] == "expired"


def test_keys_are_listed_and_taken_back(state: Path) -> None:
    key = run(state, "create", "--name", "Biblioteca", "--scope", "jobs", "--scope", "curate", "--days", "30")
    key_id = key.split("_")[1]
    (line,) = run(state, "list").splitlines()
    assert line.split("\t")[:3] == [key_id, "good", "curate,jobs"]
    assert line.endswith("\tBiblioteca")
    run(state, "revoke", key_id)
    assert run(state, "list").split("\t")[1] == "revoked"
    run(state, "revoke", key_id, status=Exit.USAGE)
    run(state, "revoke", "nowhere", status=Exit.USAGE)


def test_a_leaked_key_is_taken_back_as_it_is_and_not_repeated(state: Path) -> None:
    key = run(state, "create", "--name", "leaked")
    run(state, "revoke", key)
    assert run(state, "list").split("\t")[1] == "revoked"
    again = CliRunner().invoke(keys, ["revoke", key], env=only(DRETS_STATE=str(state)))
    assert (again.exit_code, key.split("_", 2)[2] in again.stderr) == (Exit.USAGE, False)
    assert f"there is no key {key.split('_')[1]} that is still good\n" in again.stderr


def test_the_store_of_keys_is_named_so_that_none_is_made_for_another(state: Path) -> None:
    for command, said in (("list",), "there are no keys in"), (("create", "--name", "first"), "the key is kept in"):
        ran = CliRunner().invoke(keys, command, env=only(DRETS_STATE=str(state)))
        assert f"drets: {said} " in ran.stderr
        assert str(state / FILE) in ran.stderr


async def test_no_secret_is_kept_or_logged(start: Start, state: Path) -> None:
    key = await make(state)
    secret = key.split("_", 2)[2]
    service = await start(state=state, log_level="debug")
    assert await status(service, key) == 200
    assert await status(service, key + "x") == 401
    assert secret not in service.written.getvalue()
    assert service.requests()[0]["key"] == key.split("_")[1]
    assert not any(secret.encode() in kept for kept in await asyncio.to_thread(files_of, state))


def test_a_secret_is_compared_by_its_hash() -> None:
    made = make_key()
    assert split_key(made.key) == (made.id, made.key.split("_", 2)[2])
    secret = made.key.split("_", 2)[2]
    assert is_secret_of(secret, made.hash)
    assert not is_secret_of(secret[::-1], made.hash)
    assert not is_secret_of("", None)
    assert made.hash == hash_of(secret) != secret
    assert len({make_key().key for _ in range(100)}) == 100


def test_every_group_of_addresses_has_a_scope() -> None:
    assert {route.tag for route in ROUTES} <= set(SCOPES)


async def test_a_key_sees_and_stops_its_own_jobs_and_the_administrator_all(start: Start, state: Path) -> None:
    mine, other = await make(state, "--scope", "jobs"), await make(state, "--scope", "jobs")
    admin = await make(state, "--scope", "admin")
    service = await start(state=state, job_workers=0)

    async def ask(method: str, path: str, key: str, **options: Any) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "k", **options.pop("headers", {})}
        response = await service.client.request(method, path, headers=headers, **options)
        return response.status, await response.json(content_type=None) if response.status != 204 else {}

    async def give(key: str, content: bytes) -> dict[str, Any]:
        given, job = await ask("POST", "/v1/jobs", key, data=content, headers={"Content-Type": "application/x-ndjson"})
        assert given == 202
        return job

    # Each key has idempotency keys of its own.
    first, second = await give(mine, b"{}\n"), await give(other, b"{}\n{}\n")
    seen = {key: {job["id"] for job in (await ask("GET", "/v1/jobs", key))[1]["jobs"]} for key in (mine, other, admin)}
    assert seen == {mine: {first["id"]}, other: {second["id"]}, admin: {first["id"], second["id"]}}
    for method, path in (("GET", ""), ("GET", "/result"), ("GET", "/events"), ("POST", "/cancel"), ("DELETE", "")):
        assert (await ask(method, f"/v1/jobs/{first['id']}{path}", other))[0] == 404
    assert (await ask("GET", f"/v1/jobs/{first['id']}", mine))[1]["state"] == "queued"
    assert (await ask("POST", f"/v1/jobs/{first['id']}/cancel", mine))[1]["state"] == "cancelled"
    assert (await ask("POST", f"/v1/jobs/{second['id']}/cancel", admin))[1]["state"] == "cancelled"
    assert (await ask("DELETE", f"/v1/jobs/{second['id']}", admin))[0] == 204
