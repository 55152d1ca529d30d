"""The store: made and migrated at the start, in either database, and what it says when it cannot be used."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner

from bulk.exits import Exit
from service.commands import store as store_command
from service.history import Recorder
from service.history.table import HISTORY
from service.logs import build_logger
from service.settings import Settings, SettingsError
from service.store import News, Store, StoreError, StoreUnavailableError, announce, open_store
from service.store.database import FILE
from service.store.migrating import MIGRATIONS, revisions
from service.store.tables import NEWS, all_tables
from service.undisturbed import undisturbed
from tests.processes import only

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


@BOTH
async def test_two_that_start_at_once_migrate_once(opened: tuple[Store, Store]) -> None:
    for store in opened:
        async with store.read() as connection:
            assert (await connection.execute(sa.text("SELECT version_num FROM alembic_version"))).scalars().all() == [revisions()[-1]]


async def test_a_new_file_that_another_process_writes_is_waited_for(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(asyncio.to_thread(asyncio.run, open_store(None, tmp_path)))
        await asyncio.sleep(0.3)
        assert not opening.done()
        other.execute("COMMIT")
        await (await opening).close()


@BOTH
async def test_the_migrations_make_the_tables_that_the_code_declares(opened: tuple[Store, Store]) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), all_tables()))

    async with opened[0].read() as connection:
        assert await connection.run_sync(differences) == []


def test_the_migrations_are_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert [found.revision for found in reversed(list(script.walk_revisions()))] == revisions()
    assert script.get_heads() == [revisions()[-1]]


@BOTH
async def test_writers_wait_for_each_other_and_lose_nothing(opened: tuple[Store, Store]) -> None:
    async def count_up(store: Store) -> None:
        for _ in range(20):
            async with store.write() as connection:
                await announce(connection, "terms")

    await asyncio.gather(*(count_up(store) for store in opened for _ in range(3)))
    async with opened[0].read() as connection:
        assert (await connection.execute(sa.select(NEWS.c.version))).scalar_one() == 120


@BOTH
async def test_what_raises_is_not_kept(opened: tuple[Store, Store]) -> None:
    async def announce_and_fail() -> None:
        async with opened[0].write() as connection:
            await announce(connection, "terms")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await announce_and_fail()
    async with opened[1].read() as connection:
        assert (await connection.execute(sa.select(NEWS))).all() == []


@pytest.mark.parametrize(("kind", "every", "within"), [("sqlite", 0.2, 60.0), ("postgresql", 600.0, 60.0)])
async def test_news_arrive_in_another_process(opened: tuple[Store, Store], every: float, within: float) -> None:
    teller, hearer = opened
    heard = asyncio.Event()

    async def hear() -> None:
        heard.set()

    news = News(hearer, build_logger(Settings(), sys.stderr), every=every)
    news.subscribe("terms", hear)
    news.start()
    async with asyncio.timeout(within):
        while not heard.is_set():
            # Told again and again, since nobody knows when the other has begun to listen.
            async with teller.write() as connection:
                await announce(connection, "terms")
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), 0.5)
    await news.stop()


@pytest.mark.parametrize("steps", range(5))
async def test_news_that_come_while_it_stops_do_not_keep_it_going(tmp_path: Path, steps: int) -> None:
    store = await open_store(None, tmp_path)
    news = News(store, build_logger(Settings(), sys.stderr), every=60)
    news.start()
    await asyncio.sleep(0.2)
    news.look_now()
    for _ in range(steps):
        await asyncio.sleep(0)
    stopped, _ = await asyncio.wait({asyncio.create_task(news.stop())}, timeout=60)
    assert stopped
    await store.close()


async def test_who_is_stopped_finishes_the_step_that_it_is_at_unless_that_takes_too_long() -> None:
    done = []

    async def step(seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(seconds)

    for seconds in (0.05, 600):
        stopped = asyncio.create_task(undisturbed(step(seconds), patience=1))
        await asyncio.sleep(0)
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
    assert done == [0.05]


async def test_what_is_being_written_when_the_service_stops_is_kept(tmp_path: Path) -> None:
    store = await open_store(None, tmp_path)
    recorder = Recorder(store, build_logger(Settings(), sys.stderr), flush=lambda: None, every=0.01, days=1)
    recorder.note_request("/v1/values", 200, 0.1)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        recorder.start()
        await asyncio.sleep(0.5)
        stopping = asyncio.create_task(recorder.stop())
        await asyncio.sleep(0.1)
        other.execute("ROLLBACK")
        await stopping
    async with store.read() as connection:
        assert len((await connection.execute(sa.select(HISTORY))).all()) == 1
    await store.close()


async def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match=r"var \(DRETS_STATE\) cannot be written"):
        await open_store(None, tmp_path / "var")


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("no database" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=r"drets\.sqlite3 cannot be used: file is not a database"):
        await open_store(None, tmp_path)


async def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    store = await open_store(None, tmp_path)
    async with store.write() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    with pytest.raises(StoreError, match="newer version of drets"):
        await open_store(None, tmp_path)


async def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refusal:
        await open_store("postgresql://drets:sesame@127.0.0.1:1/drets", tmp_path)
    assert "127.0.0.1:1" in str(refusal.value)
    assert "sesame" not in str(refusal.value)


@pytest.mark.parametrize("url", ["postgresql://", "mysql://drets:sesame@host/drets", "/var/lib/drets.db", ""])
def test_a_url_that_cannot_be_used_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environment({"DRETS_STORE": url})
    assert refusal.value.faults == ("DRETS_STORE: must be postgresql://USER:PASSWORD@HOST/DATABASE or sqlite:////PATH/OF/A/FILE",)


async def test_a_store_that_goes_away_is_told_from_a_fault(postgres: str, tmp_path: Path) -> None:
    store = await open_store(postgres, tmp_path)
    with pytest.raises(StoreUnavailableError):
        async with store.read() as connection:
            await connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    async with store.read() as connection:
        assert (await connection.execute(sa.text("SELECT 1"))).scalar_one() == 1
    await store.close()


@pytest.mark.parametrize("state", ["57P03", "57P01", "53300", "08006"])
async def test_a_server_that_starts_or_has_no_room_is_away(postgres: str, tmp_path: Path, state: str) -> None:
    store = await open_store(postgres, tmp_path)
    said = sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'the database system is starting up' USING ERRCODE = '{state}'; END $$")
    with pytest.raises(StoreUnavailableError):
        async with store.read() as connection:
            await connection.execute(said)
    await store.close()


async def test_news_are_heard_after_whatever_went_wrong(postgres: str, tmp_path: Path) -> None:
    """A loop that ended by an error would hear nothing until its process ends, and say nothing of it."""
    store = await open_store(postgres, tmp_path)
    heard = asyncio.Event()

    async def hear() -> None:
        heard.set()

    async def rename(old: str, new: str) -> None:
        async with store.write() as connection:
            await connection.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))

    news = News(store, build_logger(Settings(), sys.stderr), every=0.05)
    news.subscribe("terms", hear)
    news.start()
    await rename("news", "gone")
    await asyncio.sleep(0.5)
    await rename("gone", "news")
    async with store.write() as connection:
        await announce(connection, "terms")
    await asyncio.wait_for(heard.wait(), 60)
    await news.stop()
    await store.close()


async def test_a_file_that_was_taken_away_is_not_written_to(tmp_path: Path) -> None:
    store = await open_store(None, tmp_path)
    for taken in ("removed", "replaced"):
        (tmp_path / FILE).rename(tmp_path / "elsewhere")
        if taken == "replaced":
            (tmp_path / FILE).touch()
        with pytest.raises(StoreUnavailableError, match="not where it was"):
            async with store.write():
                pass
        with pytest.raises(StoreUnavailableError, match="not where it was"):
            async with store.read():
                pass
        (tmp_path / "elsewhere").replace(tmp_path / FILE)
        async with store.write() as connection:
            await announce(connection, "terms")
    await store.close()


def test_drets_store_migrate(tmp_path: Path) -> None:
    ran = CliRunner().invoke(store_command, ["migrate"], env=only(DRETS_STATE=str(tmp_path / "new")))
    assert (ran.exit_code, ran.stderr.endswith("is up to date\n")) == (0, True)
    assert (tmp_path / "new" / FILE).exists()


def test_the_service_does_not_start_without_its_store(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DRETS_")}
    ran = subprocess.run(
        [sys.executable, "-m", "service"],
        env={**environment, "DRETS_PORT": "0"},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (ran.returncode, ran.stderr) == (Exit.FAILED, "drets: the folder var (DRETS_STATE) cannot be written: File exists\n")
