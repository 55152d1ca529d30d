"""``/v1/jobs``: files of records, normalized in the background."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from http import HTTPStatus

from aiohttp import hdrs, web

from service.answers import JSON, answer_json
from service.bodies import read_body
from service.documents import parse_json
from service.exchange import EXCHANGE
from service.jobs import orders
from service.jobs.files import JobFiles, files_of, has_room
from service.jobs.intake import Taken, take_in
from service.jobs.model import Job
from service.jobs.objects import ObjectError, ObjectsAwayError, size_of_object
from service.jobs.orders import ConflictError, Order
from service.jobs.views import ROOT, view
from service.limits import Limits
from service.logs import log_error
from service.problems import Fault, Kind, ProblemError, invalid, malformed, objects_unreachable, too_large
from service.queries import read_query
from service.schemas.base import load
from service.schemas.jobs import JobOrder, JobQuery, JobsQuery
from service.settings import Settings
from service.state import KEEPER, LOGGER, SETTINGS, STORE
from service.store import now

IDEMPOTENCY_KEY = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ORDER, _QUERY, _LIST = JobOrder(), JobQuery(), JobsQuery()


async def give_job(request: web.Request) -> web.StreamResponse:
    """Take a file, or the name of an object, and answer with the job that was made of it."""
    settings = request.app[SETTINGS]
    key = _idempotency_key(request)
    await _check_room(request)
    files = files_of(settings.state, secrets.token_hex(16))
    try:
        order = await (_object_order if request.content_type == JSON else _file_order)(request, files, key)
        job = await orders.give(request.app[STORE], order)
    except ConflictError:
        await asyncio.to_thread(files.remove)
        raise ProblemError(Kind.CONFLICT, "The Idempotency-Key was used before, for another job.") from None
    except BaseException:
        files.remove()
        raise
    if job.id != order.id:
        await asyncio.to_thread(files.remove)
    await request.app[KEEPER].wake()
    response = answer_json(view(job), status=HTTPStatus.ACCEPTED)
    response.headers[hdrs.LOCATION] = f"{ROOT}/{job.id}"
    return response


async def list_jobs(request: web.Request) -> web.StreamResponse:
    """List jobs, newest first."""
    query = read_query(request, _LIST)
    cursor, state = query.get("cursor"), query.get("state")
    jobs, more = await orders.page(request.app[STORE], limit=query["limit"], cursor=cursor, state=state, owner=_seen_by(request))
    following = None
    if more is not None:
        following = f"{ROOT}?limit={query['limit']}&cursor={more}" + (f"&state={state}" if state else "")
    return answer_json({"jobs": [view(job) for job in jobs], "next": following})


async def show_job(request: web.Request) -> web.StreamResponse:
    """Tell where a job stands."""
    return answer_json(view(await job_of(request)))


async def cancel_job(request: web.Request) -> web.StreamResponse:
    """Stop a job; one that is finished stays as it is."""
    job = await job_of(request)
    expires = now() + request.app[SETTINGS].job_keep_hours * 3600
    cancelled = await orders.cancel(request.app[STORE], job.id, expires=expires)
    if cancelled is None:
        raise _unknown()
    return answer_json(view(cancelled))


async def forget_job(request: web.Request) -> web.StreamResponse:
    """Stop a job if it is not finished, and remove it with its files."""
    job = await job_of(request)
    if not await orders.forget(request.app[STORE], job.id):
        raise _unknown()
    await asyncio.to_thread(files_of(request.app[SETTINGS].state, job.id).remove)
    return web.Response(status=HTTPStatus.NO_CONTENT)


async def job_of(request: web.Request) -> Job:
    """Give the job that an address speaks of.

    Raises:
        ProblemError: 404 where there is none, or none that the client may see.
    """
    job_id = request.match_info["id"]
    try:
        files_of(request.app[SETTINGS].state, job_id)
    except ValueError:
        raise _unknown() from None
    job = await orders.find(request.app[STORE], job_id, _seen_by(request))
    if job is None:
        raise _unknown()
    return job


async def _file_order(request: web.Request, files: JobFiles, key: str | None) -> Order:
    query = read_query(request, _QUERY)
    form = query.get("format")
    taken: Taken = await take_in(request, files)
    fingerprint = _fingerprint("file", form, taken.digest)
    return Order(
        id=files.folder.name,
        name=taken.name,
        format=form,
        object=None,
        bytes=taken.bytes,
        fingerprint=fingerprint,
        idempotency_key=key,
        owner=request[EXCHANGE].key or "",
    )


async def _object_order(request: web.Request, files: JobFiles, key: str | None) -> Order:
    settings: Settings = request.app[SETTINGS]
    body = await read_body(request, settings.record_bytes)
    order = load(_ORDER, parse_json(body, Limits.of_record(settings)))
    if settings.objects is None:
        raise ProblemError(Kind.CONFLICT, "No store of objects is configured here; upload the file.", (Fault("/object", "Not read here."),))
    form, name = order.get("format"), order["object"]
    try:
        size = await asyncio.to_thread(size_of_object, settings.objects, name)
    except ObjectError as fault:
        raise invalid(Fault("/object", str(fault))) from None
    except ObjectsAwayError as absence:
        log_error(request.app[LOGGER], "objects unreachable", absence.__cause__ or absence, request_id=request[EXCHANGE].request_id)
        raise objects_unreachable() from None
    if not size:
        raise invalid(Fault("/object", "The object is empty: there is nothing in it to normalize."))
    if size > settings.job_bytes:
        raise too_large(f"At most {settings.job_bytes:,} bytes are taken in one file.")
    last = name.rsplit("/", 1)[-1]
    return Order(
        id=files.folder.name,
        name=last[:255],
        format=form,
        object=name,
        bytes=size,
        fingerprint=_fingerprint("object", form, name),
        idempotency_key=key,
        owner=request[EXCHANGE].key or "",
    )


def _seen_by(request: web.Request) -> str | None:
    """Give the owner whose jobs alone a client may see; none where it may see all."""
    exchange = request[EXCHANGE]
    return None if exchange.is_admin else exchange.key


def _fingerprint(*parts: str | None) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _idempotency_key(request: web.Request) -> str | None:
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is not None and not _KEY.fullmatch(key):
        raise malformed("The Idempotency-Key is none: it has 1 to 255 visible ASCII characters.")
    return key


async def _check_room(request: web.Request) -> None:
    settings = request.app[SETTINGS]
    if not has_room(settings.state, settings.free_bytes + (request.content_length or 0)):
        raise ProblemError(Kind.FULL, "There is no room for another file.")
    if await orders.count_unfinished(request.app[STORE]) >= settings.jobs_waiting:
        detail = f"{settings.jobs_waiting:,} jobs are waiting; more are taken once some are finished."
        raise ProblemError(Kind.NOT_READY, detail, headers={hdrs.RETRY_AFTER: "60"})


def _unknown() -> ProblemError:
    return ProblemError(Kind.NOT_FOUND, "There is no such job.", (Fault("/path/id", "There is no such job."),))
