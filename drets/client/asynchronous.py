"""The client for programs with an event loop."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from drets.client import questions
from drets.client.answers import LineProblem, RecordAnswer, Result
from drets.client.connections import AsyncConnection
from drets.client.jobs import AsyncJobs
from drets.client.questions import Record, Value
from drets.client.retrying import Patience
from drets.client.terms import AsyncTerms


class AsyncClient:
    """Speaks with one service, and keeps connections to it open between calls; close it, or use it in an ``async with``.

    Args:
        url: Address of the service.
        key: An API key, where the service asks for one.
        patience: How often and how long to try again. Every call may be repeated without harm.
        timeout: Seconds that the service may stay silent.

    Attributes:
        jobs: Files that are normalized in the background.
        terms: What stays unresolved, and decisions on it.
    """

    def __init__(self, url: str, *, key: str | None = None, patience: Patience | None = None, timeout: float = 60.0) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._connection = AsyncConnection(url, headers, patience or Patience(), timeout)
        self.jobs = AsyncJobs(self._connection)
        self.terms = AsyncTerms(self._connection)

    async def normalize(self, record: Record | str, *, detect: bool = False) -> RecordAnswer:
        """Normalize one record: an object with the keys of a repository, or the text of a page. Raises ProblemError."""
        return await self._connection.ask(questions.normalize(record, detect=detect))

    async def stream(
        self, records: Iterable[Record] | AsyncIterable[Record], *, detect: bool = False
    ) -> AsyncIterator[RecordAnswer | LineProblem]:
        """Normalize any number of records, in their order; a faulty one gets a problem in its place. Holds a few at a time."""
        async for lines in _batches(records):
            for answer in await self._connection.ask(questions.normalize_batch(lines, detect=detect)):
                yield answer

    async def values(self, asked: Iterable[Value]) -> list[Result]:
        """Read values, in their order. Raises ProblemError."""
        return await self._connection.ask(questions.values(asked))

    async def value(self, field: str, text: str, **options: Any) -> Result:
        """Read one value; takes what a ``Value`` takes. Raises ProblemError."""
        return (await self.values([Value(id="", field=field, text=text, **options)]))[0]

    async def reconcile(self, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Answer a batch of reconciliation queries by their keys. Raises ProblemError."""
        return await self._connection.ask(questions.reconcile(queries))

    async def vocabularies(self) -> dict[str, str]:
        """Give the version of each vocabulary."""
        return {item["name"]: item["version"] for item in (await self._connection.ask(questions.look("v1/vocabularies")))["vocabularies"]}

    async def locales(self) -> list[str]:
        """List the tags of the locales."""
        return [item["tag"] for item in (await self._connection.ask(questions.look("v1/locales")))["locales"]]

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()


async def _batches(records: Iterable[Record] | AsyncIterable[Record]) -> AsyncIterator[list[bytes]]:
    if not isinstance(records, AsyncIterable):
        for lines in questions.batches(records):
            yield lines
        return
    batch = questions.Batch()
    async for record in records:
        if full := batch.add(record):
            yield full
    if batch.lines:
        yield batch.lines
