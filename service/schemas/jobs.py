"""Orders of jobs, and what is told of them."""

from __future__ import annotations

from marshmallow import fields, validate

from bulk.formats import FORMATS
from service.jobs.model import State
from service.schemas.base import Items, Strict, Text

_STATES = validate.OneOf([state.value for state in State], error="There is no such state.")
_FORMATS = validate.OneOf(sorted(FORMATS), error=f"The formats are {', '.join(sorted(FORMATS))}; without one, it is recognized.")
_CURSOR = validate.Regexp(r"^[0-9]{1,12}(\.[0-9]{1,9})?-[0-9a-f]{32}$", error="This is no cursor; take it from 'next'.")
_MOST = 200


class JobVariable(Strict):
    """The job that an address speaks of."""

    id = Text(required=True, validate=validate.Regexp(r"^[0-9a-f]{32}$", error="There is no such job."))


class JobOrder(Strict):
    """An object in the configured store that is to be normalized."""

    object = Text(required=True, validate=validate.Length(min=1, max=1_000))
    format = Text(validate=_FORMATS)


class JobQuery(Strict):
    """How an uploaded file is to be taken: its format, where it should not be recognized, and a name to show."""

    format = Text(validate=_FORMATS)
    name = Text(validate=validate.Length(max=1_000))


class JobsQuery(Strict):
    """Which jobs to list."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, _MOST, error=f"A number from 1 to {_MOST} belongs here."))
    cursor = Text(validate=_CURSOR)
    state = Text(validate=_STATES)


class JobProgress(Strict):
    """How far a job is; of a compressed file, the bytes are those of the file."""

    records = fields.Integer(required=True, strict=True)
    rejected = fields.Integer(required=True, strict=True)
    bytes = fields.Integer(required=True, strict=True)
    bytes_total = fields.Integer(required=True, strict=True)
    records_per_second = fields.Float(required=True, allow_none=True)
    seconds_left = fields.Float(required=True, allow_none=True)


class JobAnswer(Strict):
    """A job: where it stands, how far it is, and where to go from there."""

    id = Text(required=True)
    state = Text(required=True, validate=_STATES)
    name = Text(required=True)
    format = Text(required=True, allow_none=True)
    object = Text(required=True, allow_none=True)
    created = Text(required=True)
    started = Text(required=True, allow_none=True)
    finished = Text(required=True, allow_none=True)
    expires = Text(required=True, allow_none=True)
    progress = fields.Nested(JobProgress, required=True)
    fault = Text(required=True, allow_none=True)
    links = fields.Dict(keys=Text(), values=Text(), required=True)


class JobsAnswer(Strict):
    """Jobs, newest first, and the address of the next page."""

    jobs = Items(fields.Nested(JobAnswer), required=True)
    next = Text(required=True, allow_none=True)
