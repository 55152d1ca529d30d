"""A job as it goes over the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from service.jobs.model import Job, State

ROOT = "/v1/jobs"


def view(job: Job) -> dict[str, Any]:
    """Describe a job in JSON types; the links are those that lead somewhere in its state."""
    progress = {
        "records": job.items,
        "rejected": job.rejected,
        "bytes": job.position,
        "bytes_total": job.bytes,
        "records_per_second": None if job.rate is None else round(job.rate, 1),
        "seconds_left": None if job.seconds_left is None else round(job.seconds_left, 1),
    }
    return {
        "id": job.id,
        "state": job.state.value,
        "name": job.name,
        "format": job.format,
        "object": job.object,
        **{name: moment(getattr(job, name)) for name in ("created", "started", "finished", "expires")},
        "progress": progress,
        "fault": job.fault,
        "links": _links(job),
    }


def moment(seconds: float | None) -> str | None:
    """Write a point in time as RFC 3339 has it."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _links(job: Job) -> dict[str, str]:
    here = f"{ROOT}/{job.id}"
    links = {"self": here}
    if not job.is_finished:
        links |= {"events": f"{here}/events", "cancel": f"{here}/cancel"}
    if job.state is State.DONE:
        links |= {name: f"{here}/{name}" for name in ("result", "rejects", "report")}
    return links
