"""What lives as long as the application: the store, the registry, and the threads for long work."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from time import perf_counter

from aiohttp import web

from bulk.building import Builder
from bulk.cache_folder import cache_folder
from normalizers import DataFileError, Registry
from normalizers.collector import set_aside
from service.admission import GATE
from service.health import note_state
from service.history import Recorder
from service.jobs.keeper import Keeper
from service.jobs.objects import check_driver
from service.jobs.orders import TOPIC
from service.keys.tables import TOPIC as KEYS_CHANGED
from service.keys.tables import load_keys
from service.logs import log_error
from service.rates import Sharing
from service.settings import Settings
from service.state import DECISIONS, ENGINE, HISTORY, KEEPER, LOGGER, METRICS, NEWS, SETTINGS, STORE, TERMS, TRACING, WORKERS
from service.store import News, attempt, open_store
from service.terms.counting import TermCounter
from service.terms.decisions import TOPIC as TERMS_TOPIC
from service.terms.live import LiveDecisions
from service.tracing import open_tracing


async def objects(app: web.Application) -> AsyncIterator[None]:
    """See that the store of objects that jobs may name is one that can be read here.

    Raises:
        DriverError: It is not.
    """
    base = app[SETTINGS].objects
    if base is not None:
        await asyncio.to_thread(check_driver, base)
    yield


async def tracing(app: web.Application) -> AsyncIterator[None]:
    """Send traces, where the environment says so.

    Raises:
        TracingError: It says so, and they cannot be sent.
    """
    opened = open_tracing(os.environ)
    if opened is None:
        yield
        return
    app[TRACING] = opened
    yield
    await asyncio.to_thread(opened.close)


async def store(app: web.Application) -> AsyncIterator[None]:
    """Open the store, with its tables up to date, and listen for news in it.

    Raises:
        StoreError: It cannot be used; the service does not start then, since it could keep nothing of what it accepts.
    """
    settings = app[SETTINGS]
    app[STORE] = await open_store(settings.store, settings.state)
    app[NEWS] = News(app[STORE], app[LOGGER], every=settings.news_seconds)
    app[NEWS].start()
    yield
    await app[NEWS].stop()
    await app[STORE].close()


async def history(app: web.Application) -> AsyncIterator[None]:
    """Keep figures of what is answered, for as long as anything is."""
    settings, metrics = app[SETTINGS], app[METRICS]
    app[HISTORY] = Recorder(app[STORE], app[LOGGER], flush=metrics.flush, every=settings.history_seconds, days=settings.history_days)
    metrics.listeners.append(app[HISTORY])
    app[HISTORY].start()
    yield
    await app[HISTORY].stop()


async def terms(app: web.Application) -> AsyncIterator[None]:
    """Count what stays unresolved, and answer as people decide, as soon as this process hears of it."""
    app[TERMS] = TermCounter(app[SETTINGS], app[STORE], app[LOGGER])
    app[TERMS].start()
    app[DECISIONS] = LiveDecisions(app[STORE])

    async def follow() -> None:
        engine = app[ENGINE]
        if engine.settled.is_set() and engine.failure is None:
            engine.open(await app[DECISIONS].overlay(engine.registry()))

    await follow()
    app[NEWS].subscribe(TERMS_TOPIC, follow)
    yield
    await app[TERMS].stop()


async def jobs(app: web.Application) -> AsyncIterator[None]:
    """Have jobs worked on while the application runs; those that are unfinished at its end go on after the next start."""
    app[KEEPER] = Keeper(app[SETTINGS], app[STORE], app[LOGGER])
    app[NEWS].subscribe(TOPIC, app[KEEPER].wake)
    if app[SETTINGS].job_workers:
        app[KEEPER].start()
    yield
    await app[KEEPER].stop()


async def figures(app: web.Application) -> AsyncIterator[None]:
    """Where several processes serve, have each write down how it stands: another may be the one that is asked for the figures."""
    if not app[METRICS].is_one_of_many:
        yield
        return
    await note_state(app)

    async def tell() -> None:
        while True:
            await asyncio.sleep(app[SETTINGS].history_seconds)
            await attempt(note_state(app), app[LOGGER], "state not told")

    telling = asyncio.create_task(tell())
    yield
    telling.cancel()
    with suppress(asyncio.CancelledError):
        await telling


async def keys(app: web.Application) -> AsyncIterator[None]:
    """Know the keys in the store, and hear of those that are made or taken back."""

    async def read() -> None:
        app[GATE].keys.replace(await load_keys(app[STORE]))

    await read()
    app[NEWS].subscribe(KEYS_CHANGED, read)
    yield


async def rates(app: web.Application) -> AsyncIterator[None]:
    """Have the limits of clients hold for all processes and instances together."""
    sharing = Sharing(app[STORE], app[LOGGER], app[GATE].rates, every=app[SETTINGS].news_seconds)
    sharing.start()
    yield
    await sharing.stop()


async def registry(app: web.Application) -> AsyncIterator[None]:
    """Load the language data in a thread while the service already answers whether it lives."""
    builder = builder_of(app[SETTINGS])
    loading = asyncio.create_task(_load(app, builder))
    yield
    loading.cancel()
    builder.stop()
    with suppress(asyncio.CancelledError):
        await loading


async def workers(app: web.Application) -> AsyncIterator[None]:
    """Keep the threads for long work until the last request has been answered."""
    yield
    await asyncio.to_thread(app[WORKERS].close)


async def _load(app: web.Application, builder: Builder) -> None:
    engine, logger = app[ENGINE], app[LOGGER]
    if engine.settled.is_set():
        return
    started = perf_counter()
    try:
        built = await asyncio.to_thread(build, builder)
    except DataFileError as failure:
        # These faults quote files of ours, line by line; whoever runs the service needs them whole.
        logger.error("loading failed", faults=[str(fault) for fault in failure.faults])  # noqa: TRY400 -- a traceback adds nothing
        engine.fail(failure)
    except Exception as failure:  # noqa: BLE001 -- whatever it is, the service must say that it will never be ready
        log_error(logger, "loading failed", failure)
        engine.fail(failure)
    else:
        engine.open(await app[DECISIONS].overlay(built))
        logger.info("ready", seconds=round(perf_counter() - started, 3), locales=len(built.locales), versions=dict(built.versions))


def builder_of(settings: Settings) -> Builder:
    """Give what builds the registry that the settings name."""
    return Builder(settings.locales, settings.data, settings.mapping, cache=cache_folder(os.environ, settings.cache))


def build(builder: Builder) -> Registry:
    """Load the language data, and make ready for the first question."""
    built = builder.registry()
    built.warm()
    set_aside()
    return built


IN_ORDER = (objects, tracing, store, keys, rates, history, terms, jobs, workers, registry, figures)
"""As they begin; each may lean on those before it, and they end the other way round."""
