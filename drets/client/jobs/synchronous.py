"""Jobs, for programs that wait."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from drets.client.answers import RecordAnswer
from drets.client.connections import Connection
from drets.client.jobs import questions
from drets.client.jobs.shapes import Job, JobState, Kind
from drets.client.transfers import Events, Transfer


class Jobs:
    """Gives files to the service and takes what comes of them. All methods take a job or its id, and raise ProblemError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, source: Path | bytes, *, name: str | None = None, form: str | None = None, key: str | None = None) -> Job:
        """Give a file of records, in any format: by its path, or its bytes.

        Args:
            source: The file; one that is given by its path is never held in whole.
            name: What people see; the name of the file where none is told.
            form: The format, where it should not be recognized.
            key: Idempotency-Key. The same key with the same file gives the job that there is, also to a program that was started anew.
        """
        return self._connection.ask(questions.give(source, name=name, form=form, key=key))

    def give_object(self, name: str, *, form: str | None = None, key: str | None = None) -> Job:
        """Name an object of the store that the service is set up with."""
        return self._connection.ask(questions.give_object(name, form=form, key=key))

    def show(self, job: Job | str) -> Job:
        """Tell where a job stands."""
        return self._connection.ask(questions.show(job))

    def list(self, *, state: JobState | None = None) -> Iterator[Job]:
        """List jobs, newest first, page by page."""
        following: str | None = None
        while True:
            page = self._connection.ask(questions.page(following, state=state))
            yield from page.members
            following = page.following
            if following is None:
                return

    def watch(self, job: Job | str) -> Iterator[Job]:
        """Give a job whenever it got further, and at last when it is finished."""
        events = Events(f"{questions.path_of(job)}/events")
        for piece in self._connection.receive(events):
            for name, told in events.feed(piece):
                events.is_complete |= name == questions.LAST
                yield cast("Job", told)

    def wait(self, job: Job | str) -> Job:
        """Wait until a job is finished."""
        *_, last = self.watch(job)
        return last

    def save(self, job: Job | str, path: Path, kind: Kind = "result") -> None:
        """Save what came of a job; a download that broke off, in this call or an earlier one, is taken up where it did."""
        unfinished = questions.unfinished_copy(path, job)
        transfer = questions.begin(unfinished, job, kind)
        with unfinished.open("ab") as file:
            for piece in self._connection.receive(transfer):
                file.write(piece)
        unfinished.replace(path)

    def results(self, job: Job | str) -> Iterator[RecordAnswer]:
        """Give the clean records one by one."""
        yield from self._lines(job, "result")

    def rejects(self, job: Job | str) -> Iterator[dict[str, Any]]:
        """Give what could not be read, one by one, with the place and the reason."""
        yield from self._lines(job, "rejects")

    def report(self, job: Job | str) -> dict[str, Any]:
        """Give the counts of what was found."""
        return self._connection.ask(questions.report(job))

    def cancel(self, job: Job | str) -> Job:
        """Stop a job; one that is finished stays as it is."""
        return self._connection.ask(questions.cancel(job))

    def forget(self, job: Job | str) -> None:
        """Stop a job if it is not finished, and remove it with its files."""
        self._connection.ask(questions.forget(job))

    def _lines(self, job: Job | str, kind: Kind) -> Iterator[Any]:
        rest = b""
        for piece in self._connection.receive(Transfer(f"{questions.path_of(job)}/{kind}")):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield json.loads(line)
