"""The client for programs with an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from drets.client import questions
from drets.client.answers import LineProblem, RecordAnswer, Result
from drets.client.questions import Question, Record, Value, give_up
from drets.client.retrying import Patience

T = TypeVar("T")


class AsyncClient:
    """Speaks with one service, and keeps connections to it open between calls; close it, or use it in an ``async with``.

    Args:
        url: Address of the service.
        key: An API key, where the service asks for one.
        patience: How often and how long to try again. Reading changes nothing, so every call may be repeated.
        timeout: Seconds that the service may stay silent.
    """

    def __init__(self, url: str, *, key: str | None = None, patience: Patience | None = None, timeout: float = 60.0) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=timeout)
        self._patience = patience or Patience()

    async def normalize(self, record: Record | str, *, detect: bool = False) -> RecordAnswer:
        """Normalize one record: an object with the keys of a repository, or the text of a page. Raises ProblemError."""
        return await self._ask(questions.normalize(record, detect=detect))

    async def stream(
        self, records: Iterable[Record] | AsyncIterable[Record], *, detect: bool = False
    ) -> AsyncIterator[RecordAnswer | LineProblem]:
        """Normalize any number of records, in their order; a faulty one gets a problem in its place. Holds a few at a time."""
        async for lines in _batches(records):
            for answer in await self._ask(questions.normalize_batch(lines, detect=detect)):
                yield answer

    async def values(self, asked: Iterable[Value]) -> list[Result]:
        """Read values, in their order. Raises ProblemError."""
        return await self._ask(questions.values(asked))

    async def value(self, field: str, text: str, **options: Any) -> Result:
        """Read one value; takes what a ``Value`` takes. Raises ProblemError."""
        return (await self.values([Value(id="", field=field, text=text, **options)]))[0]

    async def reconcile(self, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Answer a batch of reconciliation queries by their keys. Raises ProblemError."""
        return await self._ask(questions.reconcile(queries))

    async def vocabularies(self) -> dict[str, str]:
        """Give the version of each vocabulary."""
        return {item["name"]: item["version"] for item in (await self._ask(questions.look("v1/vocabularies")))["vocabularies"]}

    async def locales(self) -> list[str]:
        """List the tags of the locales."""
        return [item["tag"] for item in (await self._ask(questions.look("v1/locales")))["locales"]]

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def _ask(self, question: Question[T]) -> T:
        attempt = 0
        while True:
            attempt += 1
            response, fault = await self._try(question)
            if response is not None and response.is_success:
                return question.read(response)
            wait = self._patience.wait_after(attempt, response)
            if wait is None:
                raise give_up(attempt, response) from fault
            await asyncio.sleep(wait)

    async def _try(self, question: Question[Any]) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        try:
            return await self._http.request(
                question.method, question.path, content=question.content, headers=question.headers, params=question.query
            ), None
        except httpx.TransportError as fault:
            return None, fault


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
