"""``POST /v1/normalize/stream``: records in and out, a line each, in order and in constant memory.

Nothing is read from the connection while an answer waits to be written, so that a slow reader slows its own sender.
"""

from __future__ import annotations

import asyncio

import orjson
from aiohttp import hdrs, web

from normalizers import RecordAnswer
from service import problems
from service.answers import NDJSON
from service.bodies import PAYLOAD_ERRORS, broken, late
from service.codings import Encoder, build_encoder, choose_coding
from service.exchange import EXCHANGE, route_of
from service.limits import Limits
from service.lines import Lines
from service.logs import log_error
from service.middleware import note_terms
from service.problems import ProblemError, too_large
from service.queries import read_query
from service.records import Reading, read_object
from service.schemas.records import RecordQuery
from service.state import ENGINE, LOGGER, METRICS, SETTINGS, WORKERS

_QUERY = RecordQuery()
_WRITE_BYTES = 65_536
"""Answers are written in pieces of this size, or whenever no more lines have come: few writes, and no answer held back."""


async def normalize_stream(request: web.Request) -> web.StreamResponse:
    """Answer each line with its clean record, or with a problem in its place."""
    registry, limits = request.app[ENGINE].registry(), Limits.of_record(request.app[SETTINGS])
    reading = Reading.of(registry, limits, **read_query(request, _QUERY))
    coding = choose_coding(request)
    response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: NDJSON, hdrs.VARY: str(hdrs.ACCEPT_ENCODING)})
    if coding is not None:
        response.headers[hdrs.CONTENT_ENCODING] = coding
    await response.prepare(request)
    stream = _Stream(request, response, reading)
    stream.encoder = build_encoder(coding) if coding is not None else None
    await stream.run()
    await response.write_eof()
    return response


class _Stream:
    """One stream being answered."""

    def __init__(self, request: web.Request, response: web.StreamResponse, reading: Reading) -> None:
        self._app = request.app
        self._settings = request.app[SETTINGS]
        self._exchange = request[EXCHANGE]
        self._request = request
        self._response = response
        self._reading = reading
        self.encoder: Encoder | None = None
        self._number = 0
        self._unwritten = bytearray()

    async def run(self) -> None:
        """Answer every line; a stream that breaks off ends with a problem, and its connection with it."""
        lines = Lines(self._settings.record_bytes)
        try:
            while chunk := await self._receive():
                for line in lines.feed(chunk):
                    await self._answer(line)
                await self._write()
            for line in lines.end():
                await self._answer(line)
        except ProblemError as problem:
            self._put_problem(problem, self._number + 1)
            self._response.force_close()
        await self._write()
        if self.encoder is not None:
            await self._response.write(self.encoder.end())

    async def _receive(self) -> bytes:
        try:
            async with asyncio.timeout(self._settings.stream_idle_seconds):
                chunk = await self._request.content.readany()
        except TimeoutError:
            raise late(f"Nothing came for {self._settings.stream_idle_seconds:g} seconds.") from None
        except PAYLOAD_ERRORS:
            raise broken() from None
        self._exchange.received += len(chunk)
        return chunk

    async def _answer(self, line: bytes | None) -> None:
        self._number += 1
        try:
            self._put(await self._read(line))
        except ProblemError as problem:
            self._put_problem(problem, self._number)
        except Exception as error:  # noqa: BLE001 -- one line's fault is that line's, and the stream goes on
            log_error(self._app[LOGGER], "failed", error, request_id=self._exchange.request_id, route=route_of(self._request))
            self._put_problem(problems.internal(), self._number)
        if len(self._unwritten) >= _WRITE_BYTES:
            await self._write()

    async def _read(self, line: bytes | None) -> bytes:
        if line is None:
            raise too_large(f"The line is longer than {self._settings.record_bytes:,} bytes.")
        answer, written = await self._app[WORKERS].run(len(line), _answer, self._reading, line)
        self._exchange.note_record(answer)
        return written

    def _put(self, written: bytes) -> None:
        self._unwritten += written
        self._unwritten += b"\n"

    def _put_problem(self, problem: ProblemError, number: int) -> None:
        self._exchange.faults += 1
        self._put(orjson.dumps({**problems.members(problem, self._exchange.request_id), "line": number}))

    async def _write(self) -> None:
        self._app[METRICS].share()
        note_terms(self._request, self._app, self._exchange, route_of(self._request))
        if not self._unwritten:
            return
        piece = bytes(self._unwritten) if self.encoder is None else self.encoder.feed(bytes(self._unwritten))
        self._unwritten.clear()
        try:
            async with asyncio.timeout(self._settings.stream_idle_seconds):
                await self._response.write(piece)
        except TimeoutError:
            if self._request.transport is not None:
                self._request.transport.abort()
            raise ConnectionAbortedError("the client does not read its answers") from None


def _answer(reading: Reading, line: bytes) -> tuple[RecordAnswer, bytes]:
    answer = read_object(reading, line)
    return answer, answer.written()
