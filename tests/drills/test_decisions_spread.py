"""Drill: what is decided in one process is answered by every other within two seconds, on SQLite and on PostgreSQL.

``pytest tests/drills/test_decisions_spread.py -s`` tells how long it took. ``DRETS_DRILL_DECISIONS=5000`` has so many stand already.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from normalizers import term_key
from service.terms.counting import key_of
from tests.processes import Launch, launching, slowness

# With the registry, for the services start from what it has compiled.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("registry")]

TIMES = 20
PROMISED = 2.0
ARTICLE = "http://purl.org/coar/resource_type/c_6501"
STANDING = int(os.environ.get("DRETS_DRILL_DECISIONS", "50"))


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    with launching(tmp_path) as start:
        yield start


async def decide(session: aiohttp.ClientSession, url: str, text: str) -> None:
    body = {"decision": "identifier", "identifier": ARTICLE, "author": "Mar", "text": text}
    async with session.put(f"{url}/v1/terms/resource_type/{key_of(term_key(text))}", json=body) as answer:
        assert answer.status == 200, await answer.text()


async def seen(session: aiohttp.ClientSession, url: str, text: str) -> float:
    """Ask until the answer is as decided; gives when."""
    while True:
        async with session.get(f"{url}/v1/values/resource_type", params={"text": text}) as answer:
            if answer.status == 200 and (await answer.json())["method"] == "override":
                return time.monotonic()
        await asyncio.sleep(0.02)


async def stand(session: aiohttp.ClientSession, url: str) -> None:
    """Have decisions stand already, since all of them are laid over the registry with each new one."""
    sheet = "field,text,decision,identifier\n" + "".join(
        f"resource_type,qqww {number},identifier,{ARTICLE}\n" for number in range(STANDING)
    )
    async with session.post(f"{url}/v1/terms/decisions", data=sheet.encode(), headers={"Content-Type": "text/csv"}) as answer:
        assert answer.status == 200, await answer.text()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_two_processes_answer_as_decided_within_two_seconds(launch: Launch, kind: str, request: pytest.FixtureRequest) -> None:
    store = {"store": request.getfixturevalue("postgres")} if kind == "postgresql" else {}
    processes = [launch(log_level="error", job_workers="0", **store) for _ in range(2)]
    urls = [await process.ready() for process in processes]
    slower, took = slowness(), []
    async with aiohttp.ClientSession() as session:
        await stand(session, urls[0])
        for number in range(TIMES):
            text, began = f"qwertz paper {number}", time.monotonic()
            asking = [asyncio.create_task(seen(session, url, text)) for url in urls]
            await decide(session, urls[number % 2], text)
            took.append(max(await asyncio.gather(*asking)) - began)
    bound = PROMISED * max(1.0, (slower + slowness()) / 2 if slower > 1.2 else 1.0)
    load = os.getloadavg()[0]
    print(  # noqa: T201 - the figures are what is asked for
        f"\n{kind}: {TIMES} decisions beside {STANDING}, at most {max(took):.2f} s, half by {sorted(took)[TIMES // 2]:.2f} s; load {load:.1f}"
    )
    assert max(took) < bound
