"""The answer to a record; the library publishes its schema, and holds its own answers to it."""

from __future__ import annotations

from marshmallow import RAISE, fields, validate

from normalizers.records.answer_schema import Answer
from normalizers.records.crosswalks import TARGETS, Reason
from service.schemas.base import Flag, Items, Strict, Text


class RecordQuery(Strict):
    """What is wished for beside the answer to a record, from the query of its address."""

    detect = Flag(in_query=True, metadata={"description": "Also detect the languages of titles and abstracts."})


class CrossedQuery(RecordQuery):
    """What is wished for beside the answer to one record."""

    to = Text(
        validate=validate.OneOf(tuple(TARGETS), error="There is no such target; there are {choices}."),
        metadata={"description": "Answer with the record in the terms of this target: alone, or within the answer where JSON is accepted."},
    )


class Unsaid(Strict):
    """A part of the clean record that the document does not say, or says in wider terms."""

    pointer = Text(required=True)
    reason = Text(required=True, validate=validate.OneOf([reason.value for reason in Reason]))


class Lack(Strict):
    """Something that the target demands and the record does not hold."""

    element = Text(required=True)
    detail = Text(required=True)


class Crosswalk(Strict):
    """The record in the terms of a target: a document of JSON, or XML as a text, and what it cannot say."""

    to = Text(required=True)
    document = fields.Raw(required=True)
    unsaid = Items(fields.Nested(Unsaid), required=True)
    lacks = Items(fields.Nested(Lack), required=True)


class CrossedAnswer(Answer):
    """A clean record, how it was decided, and all that is not in it; and where it is asked for, the record in the terms of a target."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = RAISE

    crosswalk = fields.Nested(Crosswalk)


class RecordAnswer(Answer):
    """A clean record, how it was decided, and all that is not in it."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = RAISE
