"""The runner: a process beside the service that takes jobs up, has their chunks answered by its workers, and keeps the answers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from concurrent.futures.process import BrokenProcessPool

from structlog.typing import FilteringBoundLogger

from bulk.chunks import ChunkAnswer, Treatment
from bulk.tally import LENGTH
from bulk.workers import prepare_worker
from normalizers import Override
from service.jobs.board import Beside, Board, LeaseLostError
from service.jobs.model import Job
from service.jobs.objects import ObjectsAwayError
from service.jobs.pool import Pool
from service.jobs.reading import CAREFUL_ITEMS
from service.jobs.tenure import Tenure
from service.logs import build_logger, log_error
from service.settings import Settings
from service.store import News, Store, StoreUnavailableError, open_store
from service.terms.counting import add_counts, gather
from service.terms.decisions import TOPIC, load_overrides

_POLL_SECONDS = 0.5
_SOURCE = "job"
_SIGNS_PER_LEASE = 3


def run_jobs(settings: Settings, owner: str) -> None:
    """Work on jobs until there were none for a while; the main function of the process."""
    prepare_worker()
    # Ctrl-C is the business of the service, which ends this process, and it the workers, which inherit that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(settings.job_niceness)
    asyncio.run(_run(settings, owner))


async def _run(settings: Settings, owner: str) -> None:
    store = await open_store(settings.store, settings.state)
    runner = Runner(settings, store, owner, build_logger(settings, sys.stderr))
    working = asyncio.create_task(runner.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await working
    finally:
        runner.close()
        await store.close()


class Runner:
    """Works on several jobs at once, a chunk of each in turn."""

    def __init__(self, settings: Settings, store: Store, owner: str, logger: FilteringBoundLogger) -> None:
        self._settings = settings
        self._store = store
        self._logger = logger
        self._overrides: tuple[Override, ...] = ()
        self._board = Board(store, owner=owner, lease=settings.job_lease_seconds)
        self._pool = Pool(settings.job_workers)
        self._suspects = Pool(1)
        self._one_suspect = asyncio.Lock()
        self._open: dict[asyncio.Task[None], Job] = {}
        self._crowded = False
        self._broken = False

    async def run(self) -> None:
        """Take up what waits, until nothing did for ``job_idle_seconds``."""
        signs = asyncio.create_task(self._give_signs())
        self._overrides = await load_overrides(self._store)
        news = News(self._store, self._logger, every=self._settings.news_seconds)
        news.subscribe(TOPIC, self._follow)
        news.start()
        idle_since = time.monotonic()
        while self._open or time.monotonic() - idle_since < self._settings.job_idle_seconds:
            if await self._take_up() or self._open:
                idle_since = time.monotonic()
            await self._wait()
            self._check_workers()
        signs.cancel()
        await news.stop()

    def close(self) -> None:
        """Leave everything where it is: what was kept is kept, and the rest is done again by whoever takes it up."""
        for pool in (self._pool, self._suspects):
            pool.close()

    async def _take_up(self) -> bool:
        """Take up a job if there is room for one; else note whether one waits, so that the longest at work makes room."""
        try:
            self._crowded = len(self._open) >= self._settings.job_open
            job = None if self._crowded or self._broken else await self._board.claim()
        except StoreUnavailableError as fault:
            self._logger.warning("store unreachable", detail=str(fault))
            return False
        if job is None:
            return False
        task = asyncio.create_task(self._work(job))
        self._open[task] = job
        self._logger.info("job taken up", job=job.id, epoch=job.epoch, items=job.items)
        return True

    async def _wait(self) -> None:
        if self._open:
            ended, _ = await asyncio.wait(self._open, timeout=_POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                del self._open[task]
        else:
            await asyncio.sleep(_POLL_SECONDS)
        if self._broken and not self._open:
            self._broken = False
            self._pool.restart()

    def _check_workers(self) -> None:
        """End at once where a worker was lost, for nothing less lets go of its answer; the keeper starts another runner."""
        if self._pool.is_lost() or self._suspects.is_lost():
            self._logger.error("worker lost", jobs=[job.id for job in self._open.values()])
            os._exit(1)

    async def _work(self, job: Job) -> None:
        if not job.attempts:
            tenure = Tenure(job, self._settings, self._board, self._pool, self._treatment, self._beside, self._must_yield)
            self._broken |= await self._hold(tenure)
            return
        async with self._one_suspect:
            tenure = Tenure(job, self._settings, self._board, self._suspects, self._treatment, self._beside, _was_careful)
            if await self._hold(tenure):
                self._suspects.restart()

    async def _hold(self, tenure: Tenure) -> bool:
        """Hold a job to the end of a tenure; tell whether a worker ended before its time."""
        job = tenure.job
        try:
            await tenure.run()
        except LeaseLostError:
            self._logger.info("job lost", job=job.id, epoch=job.epoch)
        except BrokenProcessPool:
            self._logger.warning("worker ended", job=job.id, epoch=job.epoch, items=tenure.items, attempts=job.attempts)
            return True
        except StoreUnavailableError as fault:
            # The lease runs out by itself, and the job is taken up again from what was kept.
            self._logger.warning("store unreachable", job=job.id, detail=str(fault))
        except ObjectsAwayError as absence:
            # The same holds here: the object is asked for again once the lease has run out.
            log_error(self._logger, "objects unreachable", absence.__cause__ or absence, job=job.id, epoch=job.epoch)
        except Exception as error:  # noqa: BLE001 -- one job's fault must not stop the others
            log_error(self._logger, "job failed", error, job=job.id)
            await self._fail(job)
        else:
            self._logger.info("job left", job=job.id, epoch=job.epoch, items=tenure.items, rejected=tenure.rejected)
        return False

    async def _fail(self, job: Job) -> None:
        with contextlib.suppress(LeaseLostError, StoreUnavailableError):
            expires = time.time() + self._settings.job_keep_hours * 3600
            await self._board.finish(job, expires=expires, fault="The service failed; the cause is in its log.")

    async def _give_signs(self) -> None:
        while True:
            await asyncio.sleep(self._settings.job_lease_seconds / _SIGNS_PER_LEASE)
            with contextlib.suppress(StoreUnavailableError):
                await self._board.renew([job.id for job in self._open.values()])

    def _must_yield(self, held: float, _items: int) -> bool:
        return self._broken or (self._crowded and held >= self._settings.job_turn_seconds)

    def _treatment(self) -> Treatment:
        settings = self._settings
        return Treatment(settings.locales, data=settings.data, mapping=settings.mapping, overrides=self._overrides)

    def _beside(self, answer: ChunkAnswer) -> Beside | None:
        """Have what stayed unresolved counted with the chunk: as often as it is in the result, neither more nor less."""
        # A text of that length is cut, and what it was cut from cannot be told.
        met = {value: (count, None) for value, count in answer.tally.unresolved.items() if len(value[1]) < LENGTH}
        terms = gather({_SOURCE: met})
        return (lambda connection: add_counts(connection, terms, time.time())) if terms else None

    async def _follow(self) -> None:
        self._overrides = await load_overrides(self._store)


def _was_careful(_held: float, items: int) -> bool:
    """Have a suspect go back among the others once it is past the record that may have ended a worker."""
    return items >= CAREFUL_ITEMS
