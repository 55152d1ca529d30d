"""The shapes of what the service tells of jobs."""

from __future__ import annotations

from typing import Literal, TypedDict

JobState = Literal["queued", "running", "done", "failed", "cancelled", "expired"]

Kind = Literal["result", "rejects", "report"]
"""What comes of a job: the clean records, what could not be read, and the counts of what was found."""


class Progress(TypedDict):
    """How far a job is; of a compressed file, the bytes are those of the file."""

    records: int
    rejected: int
    bytes: int
    bytes_total: int
    records_per_second: float | None
    seconds_left: float | None


class Job(TypedDict):
    """A job: where it stands, how far it is, and where to go from there."""

    id: str
    state: JobState
    name: str
    format: str | None
    object: str | None
    created: str
    started: str | None
    finished: str | None
    expires: str | None
    progress: Progress
    fault: str | None
    links: dict[str, str]


def is_finished(job: Job) -> bool:
    """Tell whether a job will not get any further."""
    return job["state"] not in {"queued", "running"}
