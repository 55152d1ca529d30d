"""The connections to one service, and the trying again, for both kinds of client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeVar

import httpx

from drets.client.questions import Question, give_up
from drets.client.retrying import Patience
from drets.client.transfers import Transfer
from drets.client.uploads import Upload

T = TypeVar("T")


class Connection:
    """Asks one service, and asks again what may be asked again."""

    def __init__(self, url: str, headers: dict[str, str], patience: Patience, timeout: float) -> None:
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout)
        self._patience = patience

    def ask(self, question: Question[T]) -> T:
        """Ask until there is an answer. Raises ClientError."""
        attempt = 0
        while True:
            attempt += 1
            response, fault = self._try(question)
            if response is not None and response.is_success:
                return question.read(response)
            self._rest(attempt, response, fault)

    def receive(self, transfer: Transfer) -> Iterator[bytes]:
        """Give what comes, piece by piece; where it breaks off, go on behind what came. Raises ClientError."""
        while not transfer.is_complete:
            refusal, fault = None, None
            try:
                with self._http.stream("GET", transfer.path, headers=transfer.begin()) as response:
                    if transfer.takes(response):
                        for piece in response.iter_raw():
                            yield transfer.took(piece)
                        transfer.end()
                    else:
                        response.read()
                        refusal = response
            except httpx.TransportError as error:
                fault = error
            if not transfer.is_complete:
                self._rest(transfer.attempt, refusal, fault)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _rest(self, attempt: int, response: httpx.Response | None, fault: httpx.TransportError | None) -> None:
        wait = self._patience.wait_after(attempt, response)
        if wait is None:
            raise give_up(attempt, response) from fault
        time.sleep(wait)

    def _try(self, question: Question[Any]) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        content = question.content.pieces() if isinstance(question.content, Upload) else question.content
        try:
            return self._http.request(
                question.method, question.path, content=content, headers=question.headers, params=question.query or None
            ), None
        except httpx.TransportError as fault:
            return None, fault


class AsyncConnection:
    """Does what a ``Connection`` does, awaited."""

    def __init__(self, url: str, headers: dict[str, str], patience: Patience, timeout: float) -> None:
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=timeout)
        self._patience = patience

    async def ask(self, question: Question[T]) -> T:
        """Ask until there is an answer. Raises ClientError."""
        attempt = 0
        while True:
            attempt += 1
            response, fault = await self._try(question)
            if response is not None and response.is_success:
                return question.read(response)
            await self._rest(attempt, response, fault)

    async def receive(self, transfer: Transfer) -> AsyncIterator[bytes]:
        """Give what comes, piece by piece; where it breaks off, go on behind what came. Raises ClientError."""
        while not transfer.is_complete:
            refusal, fault = None, None
            try:
                async with self._http.stream("GET", transfer.path, headers=transfer.begin()) as response:
                    if transfer.takes(response):
                        async for piece in response.aiter_raw():
                            yield transfer.took(piece)
                        transfer.end()
                    else:
                        await response.aread()
                        refusal = response
            except httpx.TransportError as error:
                fault = error
            if not transfer.is_complete:
                await self._rest(transfer.attempt, refusal, fault)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _rest(self, attempt: int, response: httpx.Response | None, fault: httpx.TransportError | None) -> None:
        wait = self._patience.wait_after(attempt, response)
        if wait is None:
            raise give_up(attempt, response) from fault
        await asyncio.sleep(wait)

    async def _try(self, question: Question[Any]) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        content = question.content.apieces() if isinstance(question.content, Upload) else question.content
        try:
            return await self._http.request(
                question.method, question.path, content=content, headers=question.headers, params=question.query or None
            ), None
        except httpx.TransportError as fault:
            return None, fault
