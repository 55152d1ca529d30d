"""Jobs, for programs with an event loop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

from drets.client.answers import RecordAnswer
from drets.client.connections import AsyncConnection
from drets.client.jobs import questions
from drets.client.jobs.shapes import Job, JobState, Kind
from drets.client.transfers import Events, Transfer


class AsyncJobs:
    """Gives files to the service and takes what comes of them. All methods take a job or its id, and raise ProblemError."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def give(self, source: Path | bytes, *, name: str | None = None, form: str | None = None, key: str | None = None) -> Job:
        """Give a file of records, in any format: by its path, or its bytes.

        Args:
            source: The file; one that is given by its path is never held in whole.
            name: What people see; the name of the file where none is told.
            form: The format, where it should not be recognized.
            key: Idempotency-Key. The same key with the same file gives the job that there is, also to a program that was started anew.
        """
        return await self._connection.ask(questions.give(source, name=name, form=form, key=key))

    async def give_object(self, name: str, *, form: str | None = None, key: str | None = None) -> Job:
        """Name an object of the store that the service is set up with."""
        return await self._connection.ask(questions.give_object(name, form=form, key=key))

    async def show(self, job: Job | str) -> Job:
        """Tell where a job stands."""
        return await self._connection.ask(questions.show(job))

    async def list(self, *, state: JobState | None = None) -> AsyncIterator[Job]:
        """List jobs, newest first, page by page."""
        following: str | None = None
        while True:
            page = await self._connection.ask(questions.page(following, state=state))
            for job in page.members:
                yield job
            following = page.following
            if following is None:
                return

    async def watch(self, job: Job | str) -> AsyncIterator[Job]:
        """Give a job whenever it got further, and at last when it is finished."""
        events = Events(f"{questions.path_of(job)}/events")
        async for piece in self._connection.receive(events):
            for name, told in events.feed(piece):
                events.is_complete |= name == questions.LAST
                yield cast("Job", told)

    async def wait(self, job: Job | str) -> Job:
        """Wait until a job is finished."""
        return [told async for told in self.watch(job)][-1]

    async def save(self, job: Job | str, path: Path, kind: Kind = "result") -> None:
        """Save what came of a job; a download that broke off, in this call or an earlier one, is taken up where it did."""
        unfinished = questions.unfinished_copy(path, job)
        transfer = await asyncio.to_thread(questions.begin, unfinished, job, kind)
        file = await asyncio.to_thread(unfinished.open, "ab")
        try:
            async for piece in self._connection.receive(transfer):
                await asyncio.to_thread(file.write, piece)
        finally:
            await asyncio.to_thread(file.close)
        await asyncio.to_thread(unfinished.replace, path)

    async def results(self, job: Job | str) -> AsyncIterator[RecordAnswer]:
        """Give the clean records one by one."""
        async for line in self._lines(job, "result"):
            yield line

    async def rejects(self, job: Job | str) -> AsyncIterator[dict[str, Any]]:
        """Give what could not be read, one by one, with the place and the reason."""
        async for line in self._lines(job, "rejects"):
            yield line

    async def report(self, job: Job | str) -> dict[str, Any]:
        """Give the counts of what was found."""
        return await self._connection.ask(questions.report(job))

    async def cancel(self, job: Job | str) -> Job:
        """Stop a job; one that is finished stays as it is."""
        return await self._connection.ask(questions.cancel(job))

    async def forget(self, job: Job | str) -> None:
        """Stop a job if it is not finished, and remove it with its files."""
        await self._connection.ask(questions.forget(job))

    async def _lines(self, job: Job | str, kind: Kind) -> AsyncIterator[Any]:
        rest = b""
        async for piece in self._connection.receive(Transfer(f"{questions.path_of(job)}/{kind}")):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield json.loads(line)
