"""The answer to a record."""

from __future__ import annotations

from marshmallow import INCLUDE, fields

from service.schemas.base import Items, Strict, Text
from service.schemas.values import Issue, Result


class RecordQuery(Strict):
    """What is wished for beside the answer to a record, from the query of its address."""

    detect = fields.Boolean()


class Source(Strict):
    """Where a value stood in what came in, and the name it was given there."""

    class Meta:
        """Options that marshmallow reads: a place is told in the terms of the format it is in."""

        unknown = INCLUDE

    name = Text()
    rule = Text()


class Decision(Result):
    """A result, where its text came from, and a JSON pointer to where it went in the answer, if it went anywhere."""

    pointer = Text(required=True, allow_none=True)
    source = fields.Nested(Source, required=True)


class RecordAnswer(Strict):
    """A clean record, how it was decided, and all that is not in it."""

    metadata = fields.Dict(keys=Text(), required=True)
    decisions = Items(fields.Nested(Decision), required=True)
    unresolved = Items(fields.Dict(keys=Text()), required=True)
    unparsed = Items(fields.Dict(keys=Text()), required=True)
    issues = Items(fields.Nested(Issue, unknown=INCLUDE), required=True)
    versions = fields.Dict(keys=Text(), values=Text(), required=True)
