"""Addresses of jobs."""

from __future__ import annotations

from http import HTTPStatus

from service.answers import JSON, NDJSON
from service.handlers import job_results, jobs
from service.jobs.intake import MULTIPART
from service.jobs.views import ROOT
from service.problems import Kind
from service.routing import Route
from service.schemas import jobs as schemas

TAG = "Jobs"
JOB = f"{ROOT}/{{id}}"
FILES = (
    MULTIPART,
    "application/octet-stream",
    NDJSON,
    "application/ndjson",
    "application/jsonl",
    "application/xml",
    "application/marc",
    "application/gzip",
    "application/x-gzip",
    "application/zstd",
    "application/zip",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/vnd.apache.parquet",
    "text/csv",
    "text/html",
    "text/plain",
    "text/tab-separated-values",
    "text/xml",
)
"""Types of files that are taken; what is in them is told by ``format``, or by themselves."""

_FINISHED = (Kind.NOT_FOUND, Kind.CONFLICT, Kind.GONE, Kind.PRECONDITION_FAILED, Kind.RANGE_NOT_SATISFIABLE)

ROUTES = (
    Route(
        method="POST",
        path=ROOT,
        handler=jobs.give_job,
        operation="giveJob",
        tag=TAG,
        summary="Have a file of records normalized in the background",
        status=HTTPStatus.ACCEPTED.value,
        accepts=(JSON, *FILES),
        limit="job_bytes",
        takes=schemas.JobOrder,
        query=schemas.JobQuery,
        answers=schemas.JobAnswer,
        problems=(Kind.INVALID, Kind.CONFLICT, Kind.FULL, Kind.NOT_READY),
        takes_file=True,
        example={NDJSON: '{"dc:title": "Els molins de la vall", "dc.language.iso": "cat"}\n'},
    ),
    Route(
        method="GET",
        path=ROOT,
        handler=jobs.list_jobs,
        operation="listJobs",
        tag=TAG,
        summary="List jobs, newest first",
        query=schemas.JobsQuery,
        answers=schemas.JobsAnswer,
        problems=(Kind.INVALID,),
    ),
    Route(
        method="GET",
        path=JOB,
        variables=schemas.JobVariable,
        handler=jobs.show_job,
        operation="showJob",
        tag=TAG,
        summary="Tell where a job stands",
        answers=schemas.JobAnswer,
        problems=(Kind.NOT_FOUND,),
    ),
    Route(
        method="DELETE",
        path=JOB,
        variables=schemas.JobVariable,
        handler=jobs.forget_job,
        operation="forgetJob",
        tag=TAG,
        summary="Stop a job, and remove it with its files",
        status=HTTPStatus.NO_CONTENT.value,
        problems=(Kind.NOT_FOUND,),
    ),
    Route(
        method="POST",
        path=f"{JOB}/cancel",
        variables=schemas.JobVariable,
        handler=jobs.cancel_job,
        operation="cancelJob",
        tag=TAG,
        summary="Stop a job",
        answers=schemas.JobAnswer,
        problems=(Kind.NOT_FOUND,),
    ),
    Route(
        method="GET",
        path=f"{JOB}/events",
        variables=schemas.JobVariable,
        handler=job_results.watch_job,
        operation="watchJob",
        tag=TAG,
        summary="Tell of a job whenever it got further, as server-sent events",
        produces=job_results.EVENTS,
        problems=(Kind.NOT_FOUND, Kind.NOT_READY),
    ),
    *(
        Route(
            method="GET",
            path=f"{JOB}/{name}",
            variables=schemas.JobVariable,
            handler=handler,
            operation=operation,
            tag=TAG,
            summary=summary,
            produces=produces,
            problems=_FINISHED,
        )
        for name, handler, operation, summary, produces in (
            ("result", job_results.give_result, "giveResult", "Give the clean records of a job", NDJSON),
            ("rejects", job_results.give_rejects, "giveRejects", "Give what a job could not read", NDJSON),
            ("report", job_results.give_report, "giveReport", "Give the counts of what a job found", JSON),
        )
    ),
)
