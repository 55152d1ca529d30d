"""A job as everyone speaks of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


UNFINISHED = (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Points in time are seconds since 1970; ``epoch`` counts how often it was taken up."""

    id: str
    state: State
    name: str
    format: str | None
    object: str | None
    bytes: int
    created: float
    started: float | None
    finished: float | None
    expires: float | None
    epoch: int
    attempts: int
    items: int
    rejected: int
    position: int
    rate: float | None
    seconds_left: float | None
    fault: str | None
    fingerprint: str

    @classmethod
    def of(cls, row: Row[Any]) -> Job:
        """Make a job of its row in the table."""
        members = {name: getattr(row, name) for name in cls.__slots__}
        return cls(**{**members, "state": State(row.state)})

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing more will be done for it."""
        return self.state not in UNFINISHED


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is after a chunk: records, of which so many were turned away, bytes of the input, and how fast it went lately."""

    items: int
    rejected: int
    position: int
    rate: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """How many bytes of the files of one epoch count."""

    epoch: int
    output: int
    rejects: int
