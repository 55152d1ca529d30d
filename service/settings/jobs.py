"""Settings of jobs: how much is taken, who works on it, and how long the results stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from service.parsing import object_store, seconds, whole
from service.settings.setting import Setting


@dataclass(frozen=True, kw_only=True)
class JobSettings:
    """How jobs are taken, worked on and kept."""

    job_bytes: Annotated[
        int,
        Setting(whole(1_024, 2**46), "bytes", "Longest upload or object: a dump of a million records in XML, compressed, is under 2 GB."),
    ] = 2_147_483_648
    jobs_waiting: Annotated[
        int,
        Setting(whole(1, 1_000_000), "jobs", "Unfinished jobs that are kept; more would fill the disk with what nobody will wait for."),
    ] = 1_000
    job_workers: Annotated[
        int,
        Setting(whole(0, 64), "processes", "Read the records of jobs; 0 takes jobs and leaves the work to other instances of the store."),
    ] = 1
    job_niceness: Annotated[
        int,
        Setting(whole(0, 19), "levels", "How far jobs stand back for requests: at 10 a busy core is shared nine to one."),
    ] = 10
    job_open: Annotated[
        int,
        Setting(whole(1, 1_000), "jobs", "Worked on at a time, a chunk of each in turn; each holds some chunks in memory, 2 MB or so."),
    ] = 16
    job_turn_seconds: Annotated[
        float,
        Setting(seconds(0.1, 86_400), "seconds", "After this a job makes room if others wait; coming back, it must find its place."),
    ] = 60.0
    job_lease_seconds: Annotated[
        float,
        Setting(
            seconds(0.5, 3_600),
            "seconds",
            "An instance without a sign for this long is taken for dead. It gives three in this time.",
        ),
    ] = 15.0
    job_idle_seconds: Annotated[
        float,
        Setting(seconds(0, 86_400), "seconds", "The processes of jobs end after this without any, and give back some hundred megabytes."),
    ] = 60.0
    job_attempts: Annotated[
        int,
        Setting(whole(1, 100), "attempts", "A record over which a worker process ends so often is turned away, so that the rest goes on."),
    ] = 3
    job_keep_hours: Annotated[
        int,
        Setting(whole(1, 8_760), "hours", "Results stay for a week, so that a holiday costs nobody any, and disks do not fill for ever."),
    ] = 168
    job_watchers: Annotated[
        int,
        Setting(whole(0, 100_000), "connections", "Open streams of events; each asks the store once a second."),
    ] = 100
    free_bytes: Annotated[
        int,
        Setting(whole(0, 2**46), "bytes", "Jobs leave this much of the disk free, for the store beside them must go on."),
    ] = 268_435_456
    objects: Annotated[
        str | None,
        Setting(object_store, "URL", "Unset: files are uploaded. Below such an fsspec URL, s3://bucket/dumps, jobs may name objects."),
    ] = None
