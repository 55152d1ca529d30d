"""What comes of a job: its result, its rejects and its report as downloads, and its events while it lasts."""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from pathlib import PurePath

import orjson
from aiohttp import hdrs, web
from aiohttp_sse import EventSourceResponse

from service.answers import JSON, NDJSON
from service.downloads import offer
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
    return await offer(request, files.result, NDJSON, f"{PurePath(job.name).stem}.clean.ndjson")


async def give_rejects(request: web.Request) -> web.StreamResponse:
    """Give what could not be read, with the reasons."""
    job, files = await _finished(request)
    return await offer(request, files.rejects, NDJSON, f"{PurePath(job.name).stem}.rejects.ndjson")


async def give_report(request: web.Request) -> web.StreamResponse:
    """Give the counts of what was found."""
    job, files = await _finished(request)
    return await offer(request, files.report, JSON, f"{PurePath(job.name).stem}.report.json")


async def watch_job(request: web.Request) -> web.StreamResponse:
    """Tell of a job whenever it got further, until it is finished or the service stops.

    A client that lost the connection says what it heard last (``Last-Event-ID``) and is told what is new since. Where that was the end it
    gets 204, at which a browser asks no more (WHATWG HTML, section 9.2.3).
    """
    job, watchers, settings = await job_of(request), request.app[WATCHERS], request.app[SETTINGS]
    if len(watchers) >= settings.job_watchers:
        raise ProblemError(Kind.NOT_READY, "Too many watch already.", headers={hdrs.RETRY_AFTER: "30"})
    told = request.headers.get("Last-Event-ID", "")
    if job.is_finished and told == _mark(job):
        return web.Response(status=HTTPStatus.NO_CONTENT)
    watcher = secrets.token_hex(8)
    watchers.add(watcher)
    try:
        stream = EventSourceResponse(send_timeout=settings.stream_idle_seconds)
        await stream.prepare(request)
        async with stream:
            while not request.app[ENGINE].draining:
                if (mark := _mark(job)) != told:
                    await stream.send(orjson.dumps(view(job)).decode(), id=mark, event="end" if job.is_finished else "progress")
                    told = mark
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


def _mark(job: Job) -> str:
    """Name what can be told of a job at a moment: that changes with its state and its records alone."""
    return f"{job.state.value}-{job.items}"


async def _finished(request: web.Request) -> tuple[Job, JobFiles]:
    job = await job_of(request)
    if job.state is State.EXPIRED:
        raise ProblemError(Kind.GONE, "The results were kept for a time, which is over.")
    if job.state is not State.DONE:
        hope = "no result will come" if job.is_finished else "there is a result once it is done"
        raise ProblemError(Kind.CONFLICT, f"The job is {job.state.value}; {hope}.")
    return job, files_of(request.app[SETTINGS].state, job.id)
