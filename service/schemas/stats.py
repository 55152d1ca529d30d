"""Figures of the service over time."""

from __future__ import annotations

from marshmallow import fields, validate

from service.schemas.base import Strict, Text

LONGEST_HOURS = 400 * 24


def _counts(what: str) -> fields.Dict:
    return fields.Dict(keys=Text(), values=fields.Integer(strict=True), required=True, metadata={"description": what})


class StatsQuery(Strict):
    """How far to look back."""

    hours = fields.Integer(load_default=6, validate=validate.Range(1, LONGEST_HOURS))


class Latency(Strict):
    """Quantiles of the time to answer, in seconds, estimated from classes of length; null where there was no request."""

    p50 = fields.Float(required=True, allow_none=True)
    p95 = fields.Float(required=True, allow_none=True)
    p99 = fields.Float(required=True, allow_none=True)


class StatsPoint(Strict):
    """What all processes did in one step of time, which starts ``at`` so many seconds since 1970."""

    at = fields.Integer(required=True, strict=True)
    requests = _counts("Requests by class of status, such as 2xx.")
    latency = fields.Nested(Latency, required=True)
    values = fields.Dict(
        keys=Text(), values=_counts("Values by status."), required=True, metadata={"description": "Values by field and status."}
    )
    issues = _counts("Issues by code.")


class StatsAnswer(Strict):
    """Figures in steps of time; a step in which nothing was done is left out."""

    now = fields.Integer(required=True, strict=True)
    step = fields.Integer(required=True, strict=True)
    points = fields.List(fields.Nested(StatsPoint), required=True)
