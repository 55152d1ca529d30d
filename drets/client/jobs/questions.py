"""What a client asks about jobs."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any, cast

import httpx

from drets.client.jobs.shapes import Job, Kind
from drets.client.questions import Page, Question, read_json, read_nothing
from drets.client.transfers import Transfer
from drets.client.uploads import Upload

ROOT = "v1/jobs"
LAST = "end"
"""The event behind which none comes."""


def give(source: Path | bytes, *, name: str | None, form: str | None, key: str | None) -> Question[Job]:
    """Give a file. Without a key of the caller one is drawn, so that asking again makes no second job."""
    size = len(source) if isinstance(source, bytes) else Upload(source).size()
    shown = name or (None if isinstance(source, bytes) else source.name)
    return Question(
        method="POST",
        path=ROOT,
        content=source if isinstance(source, bytes) else Upload(source),
        headers={"Content-Type": "application/octet-stream", "Content-Length": str(size), **_key(key)},
        query={name: value for name, value in (("name", shown), ("format", form)) if value is not None},
        read=_read_job,
    )


def give_object(name: str, *, form: str | None, key: str | None) -> Question[Job]:
    """Name an object in the store of the service."""
    order = {"object": name} | ({"format": form} if form is not None else {})
    return Question(
        method="POST",
        path=ROOT,
        content=json.dumps(order, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json", **_key(key)},
        read=_read_job,
    )


def show(job: Job | str) -> Question[Job]:
    """Ask where a job stands."""
    return Question(method="GET", path=path_of(job), read=_read_job)


def cancel(job: Job | str) -> Question[Job]:
    """Stop a job."""
    return Question(method="POST", path=f"{path_of(job)}/cancel", read=_read_job)


def forget(job: Job | str) -> Question[None]:
    """Stop a job and remove it."""
    return Question(method="DELETE", path=path_of(job), read=read_nothing)


def page(following: str | None, *, state: str | None) -> Question[Page[Job]]:
    """Ask for a page of the list: the first one, or the one that the page before named."""
    query = {} if following or state is None else {"state": state}
    return Question(
        method="GET",
        path=following or ROOT,
        query=query,
        read=lambda response: Page(response.json()["jobs"], response.json()["next"]),
    )


def report(job: Job | str) -> Question[dict[str, Any]]:
    """Ask for the counts of what was found."""
    return Question(method="GET", path=f"{path_of(job)}/report", read=read_json)


def path_of(job: Job | str) -> str:
    """Give the path of a job, which may be given by its id."""
    return f"{ROOT}/{job if isinstance(job, str) else job['id']}"


def unfinished_copy(path: Path, job: Job | str) -> Path:
    """Name the file that holds what came so far, so that no other job is ever taken up in it."""
    return path.with_name(f".{path.name}.{job if isinstance(job, str) else job['id']}.part")


def begin(path: Path, job: Job | str, kind: Kind) -> Transfer:
    """Take up a download where an earlier one broke off: a file of a job never changes."""
    return Transfer(f"{path_of(job)}/{kind}", received=path.stat().st_size if path.exists() else 0)


def _key(key: str | None) -> dict[str, str]:
    return {"Idempotency-Key": key if key is not None else secrets.token_hex(16)}


def _read_job(response: httpx.Response) -> Job:
    return cast("Job", response.json())
