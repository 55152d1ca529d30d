"""One holding of one job: from where the last ended to the end of the input, or until the job is lost or must give way."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial

from bulk.chunks import Chunk, ChunkAnswer, Treatment, answer_chunk
from bulk.tally import Tally
from service.jobs.board import Beside, Board
from service.jobs.files import JobFiles, files_of, has_room
from service.jobs.model import Job, Progress
from service.jobs.objects import ObjectError, ObjectsAwayError, fetch_object
from service.jobs.pool import Pool
from service.jobs.reading import read_chunks
from service.jobs.sinks import Sinks, publish, tidy
from service.settings import Settings
from service.store import now

_WINDOW = 30.0
"""Seconds over which the rate is taken."""
_FETCHES = 8
"""So often an object is asked for, a lease apart, before a store that does not answer fails the job: some two minutes."""


class FaultError(Exception):
    """A job cannot be done; the message is shown to whoever gave it."""


@dataclass(slots=True)
class Pace:
    """How fast a job goes: records and bytes of the last half minute."""

    samples: deque[tuple[float, int, int]] = field(default_factory=deque)

    def note(self, items: int, position: int) -> None:
        """Note how far the job is by now."""
        moment = time.monotonic()
        self.samples.append((moment, items, position))
        while len(self.samples) > 2 and moment - self.samples[0][0] > _WINDOW:  # noqa: PLR2004 -- a rate is between two points
            self.samples.popleft()

    def rates(self) -> tuple[float, float] | None:
        """Give records and bytes a second, once there is something to tell them by."""
        (start, items, position), (end, items_now, position_now) = self.samples[0], self.samples[-1]
        if end <= start:
            return None
        return (items_now - items) / (end - start), (position_now - position) / (end - start)


@dataclass(slots=True)
class Tenure:
    """The work of one runner on one job, in one epoch.

    ``treatment`` gives the treatment of the next chunk, for decisions change while a job runs; ``beside`` what else is to be
    kept with what a chunk came to; ``must_yield`` tells, by the seconds it was held and the records it was brought forward, whether the
    job is to make room for another.
    """

    job: Job
    settings: Settings
    board: Board
    pool: Pool
    treatment: Callable[[], Treatment]
    beside: Callable[[ChunkAnswer], Beside | None]
    must_yield: Callable[[float, int], bool]
    tally: Tally = field(default_factory=Tally)
    pace: Pace = field(default_factory=Pace)
    begun: float = field(default_factory=time.monotonic)
    items: int = 0
    rejected: int = 0

    async def run(self) -> None:
        """Do what can be done for the job, and say how it ended. Whatever happens, what was kept stays."""
        files = files_of(self.settings.state, self.job.id)
        self.items, self.rejected = self.job.items, self.job.rejected
        try:
            await asyncio.to_thread(self._open, files)
            if await self._work(files):
                await self._finish(files)
            else:
                await self.board.give_back(self.job, attempts=0)
        except FaultError as fault:
            await self.board.finish(self.job, expires=self._expiry(), fault=str(fault))
        except BrokenProcessPool:
            # Whoever got further in between was only beside the record at fault, or has left it behind.
            before = self.job.attempts if self.items == self.job.items else 0
            await self.board.give_back(self.job, attempts=before + 1)
            raise

    def _open(self, files: JobFiles) -> None:
        if files.input.exists():
            return
        if self.job.object is None or self.settings.objects is None:
            raise FaultError("The input is not there.")
        try:
            files.folder.mkdir(parents=True, exist_ok=True)
            fetch_object(self.settings.objects, self.job, files, self.settings.job_bytes)
        except ObjectError as fault:
            raise FaultError(str(fault)) from fault
        except ObjectsAwayError as absence:
            if self.job.epoch >= _FETCHES:
                raise FaultError("The store of objects does not answer.") from absence
            raise

    async def _work(self, files: JobFiles) -> bool:
        """Have every chunk answered and keep the answers in order; tell whether all is done."""
        chunks = read_chunks(self.job, files, attempts=self.settings.job_attempts)
        sinks = await asyncio.to_thread(Sinks, files, self.job.epoch)
        waiting: deque[asyncio.Future[ChunkAnswer]] = deque()
        # What ended a worker is told from what was only beside it, if nothing is beside it.
        ahead = 0 if self.job.attempts else self.pool.width
        self.pace.note(self.items, self.job.position)
        try:
            while (chunk := await asyncio.to_thread(_next, chunks)) is not None:
                waiting.append(await self.pool.submit(partial(answer_chunk, self.treatment()), chunk))
                while waiting and (waiting[0].done() or len(waiting) > ahead):
                    await self._keep(await waiting.popleft(), sinks)
                if self.must_yield(time.monotonic() - self.begun, self.items - self.job.items):
                    await self._drain(waiting, sinks)
                    return False
            await self._drain(waiting, sinks)
        finally:
            sinks.close()
        return True

    async def _drain(self, waiting: deque[asyncio.Future[ChunkAnswer]], sinks: Sinks) -> None:
        while waiting:
            await self._keep(await waiting.popleft(), sinks)

    async def _keep(self, answer: ChunkAnswer, sinks: Sinks) -> None:
        if not has_room(self.settings.state, self.settings.free_bytes):
            raise FaultError("There is no room left for the result.")
        part = await asyncio.to_thread(sinks.write, answer.block, b"".join(reject.as_json() for reject in answer.rejects))
        self.items += answer.items
        self.rejected += len(answer.rejects)
        self.pace.note(self.items, answer.position)
        rates = self.pace.rates()
        left = (self.job.bytes - answer.position) / rates[1] if rates and rates[1] > 0 else None
        progress = Progress(self.items, self.rejected, answer.position, rates[0] if rates else None, left)
        await self.board.commit(self.job, progress, part, self.beside(answer))
        self.tally.add(answer.tally)

    async def _finish(self, files: JobFiles) -> None:
        parts = await self.board.parts(self.job)
        alone = all(part.epoch == self.job.epoch for part in parts)
        await asyncio.to_thread(publish, files, self.job.epoch, parts, self.tally if alone else None, self.rejected)
        await self.board.finish(self.job, expires=self._expiry())
        await asyncio.to_thread(tidy, files)

    def _expiry(self) -> float:
        return now() + self.settings.job_keep_hours * 3600


def _next(chunks: Iterator[Chunk]) -> Chunk | None:
    return next(chunks, None)
