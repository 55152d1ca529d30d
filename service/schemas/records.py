"""The answer to a record."""

from __future__ import annotations

from marshmallow import INCLUDE, fields

from service.schemas.base import Items, Strict, Text
from service.schemas.values import Issue, Result


class Decision(Result):
    """A result, with a JSON pointer to where it went in the metadata."""

    class Meta:
        """Options that marshmallow reads: where a decision went is the library's to name."""

        unknown = INCLUDE


class RecordAnswer(Strict):
    """A clean record, how it was decided, and all that is not in it."""

    metadata = fields.Dict(keys=Text(), required=True)
    decisions = Items(fields.Nested(Decision), required=True)
    unresolved = Items(fields.Raw(), required=True)
    unparsed = Items(fields.Raw(), required=True)
    issues = Items(fields.Nested(Issue, unknown=INCLUDE), required=True)
    versions = fields.Dict(keys=Text(), values=Text(), required=True)
