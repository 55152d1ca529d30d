"""What comes of a job: its result, its rejects and its report as downloads, and its events while it lasts."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path, PurePath
from urllib.parse import quote

import orjson
from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp_sse import EventSourceResponse

from service.answers import JSON, NDJSON
from service.handlers.jobs import job_of
from service.jobs import orders
from service.jobs.files import JobFiles, files_of
from service.jobs.model import Job, State
from service.jobs.views import view
from service.problems import Kind, ProblemError
from service.state import ENGINE, SETTINGS, STORE, WATCHERS

EVENTS = "text/event-stream"


async def give_result(request: web.Request) -> web.StreamResponse:
    """Give the clean records."""
    job, files = await _finished(request)
    return _download(request, files.result, NDJSON, f"{PurePath(job.name).stem}.clean.ndjson")


async def give_rejects(request: web.Request) -> web.StreamResponse:
    """Give what could not be read, with the reasons."""
    job, files = await _finished(request)
    return _download(request, files.rejects, NDJSON, f"{PurePath(job.name).stem}.rejects.ndjson")


async def give_report(request: web.Request) -> web.StreamResponse:
    """Give the counts of what was found."""
    job, files = await _finished(request)
    return _download(request, files.report, JSON, f"{PurePath(job.name).stem}.report.json")


async def watch_job(request: web.Request) -> web.StreamResponse:
    """Tell of a job whenever it got further, until it is finished or the service stops."""
    job, watchers, settings = await job_of(request), request.app[WATCHERS], request.app[SETTINGS]
    if len(watchers) >= settings.job_watchers:
        raise ProblemError(Kind.NOT_READY, "Too many watch already.", headers={hdrs.RETRY_AFTER: "30"})
    watcher = secrets.token_hex(8)
    watchers.add(watcher)
    try:
        stream = EventSourceResponse(send_timeout=settings.stream_idle_seconds)
        await stream.prepare(request)
        async with stream:
            told: Job | None = None
            while not request.app[ENGINE].draining:
                if job != told:
                    await stream.send(orjson.dumps(view(job)).decode(), event="end" if job.is_finished else "progress")
                    told = job
                if job.is_finished:
                    break
                await asyncio.sleep(settings.news_seconds)
                found = await orders.find(request.app[STORE], job.id)
                if found is None:
                    break
                job = found
    finally:
        watchers.discard(watcher)
    return stream


class _File(web.FileResponse):
    """A file whose parts may be asked for on the condition that it is still the same (If-Range): aiohttp knows that only by date."""

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Answer with all of it where the tag is not that of the file, as RFC 9110 section 13.1.5 has it."""
        condition = request.headers.get(hdrs.IF_RANGE, "")
        if '"' in condition and condition != await asyncio.to_thread(_tag, self._path):
            headers = request.headers.copy()
            headers.pop(hdrs.RANGE, None)
            request = request.clone(headers=headers)
        return await super().prepare(request)


def _tag(path: Path) -> str:
    """Give the entity tag of a file as aiohttp makes it."""
    found = path.stat()
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'


async def _finished(request: web.Request) -> tuple[Job, JobFiles]:
    job = await job_of(request)
    if job.state is State.EXPIRED:
        raise ProblemError(Kind.GONE, "The results were kept for a time, which is over.")
    if job.state is not State.DONE:
        hope = "no result will come" if job.is_finished else "there is a result once it is done"
        raise ProblemError(Kind.CONFLICT, f"The job is {job.state.value}; {hope}.")
    return job, files_of(request.app[SETTINGS].state, job.id)


def _download(request: web.Request, path: Path, content_type: str, name: str) -> web.StreamResponse:
    """Give a file, whole or the range that was asked for; it never changes, so that a download can be taken up again."""
    try:
        size = path.stat().st_size
    except OSError:
        raise ProblemError(Kind.GONE, "The files of the job are no longer there.") from None
    if hdrs.IF_RANGE not in request.headers:
        _check_range(request, size)
    response = _File(path, headers={hdrs.CONTENT_TYPE: content_type, hdrs.CACHE_CONTROL: "private, no-transform"})
    response.headers[hdrs.CONTENT_DISPOSITION] = _attachment(name)
    return response


def _check_range(request: web.Request, size: int) -> None:
    try:
        asked = request.http_range
    except ValueError:
        asked = slice(size, None)
    if asked.start is not None and asked.start >= size and hdrs.RANGE in request.headers:
        raise ProblemError(Kind.RANGE_NOT_SATISFIABLE, f"The file has {size:,} bytes.", headers={hdrs.CONTENT_RANGE: f"bytes */{size}"})


def _attachment(name: str) -> str:
    """Offer a name for saving (RFC 6266): in ASCII, and as it is."""
    plain = "".join(character if character.isascii() and character.isprintable() and character not in '"\\%' else "_" for character in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
