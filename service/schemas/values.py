"""Requests for single values, and the results that answer them."""

from __future__ import annotations

from marshmallow import RAISE, fields, validate

from normalizers.records.answer_schema import Decision
from service.schemas.base import FieldName, Flag, Items, Strict, Text

_TAG = (
    validate.Length(max=35, error="No language tag is that long."),
    validate.Regexp(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", error="A BCP 47 language tag belongs here."),
)
_VERSION = validate.Regexp(r"^[1-9]\.[0-9]$", error="The version of a license belongs here, such as 4.0.")


_MOST_RESTRICTIVE = "Of several licenses in one text, take the one that binds most."


class FieldVariable(Strict):
    """The field that an address names."""

    field = FieldName(required=True)


class Reading(Strict):
    """One text and how to read it."""

    text = Text(required=True, metadata={"setting": "text_characters", "description": "What is read, as the repository gave it."})
    locale = Text(validate=_TAG, metadata={"description": "The language that the text is written in; it only breaks ties."})
    assume_version = Text(validate=_VERSION, metadata={"description": "The version of a license that states none."})


class ValueQuery(Reading):
    """One text and how to read it, from the query of a GET."""

    most_restrictive = Flag(in_query=True, metadata={"description": _MOST_RESTRICTIVE})


class Value(Reading):
    """One text, the field to read it as, and the id that its result carries."""

    id = Text(required=True, metadata={"setting": "text_characters"})
    field = FieldName(required=True)
    most_restrictive = Flag(metadata={"description": _MOST_RESTRICTIVE})


class ValuesRequest(Strict):
    """Values to read."""

    values = Items(fields.Nested(Value), required=True, metadata={"setting": "values_per_request"})


class Result(Decision):
    """What a text was read as, from what, and what stayed in doubt."""

    class Meta:
        """Options that marshmallow reads: a single value has no place in a record."""

        unknown = RAISE
        exclude = ("pointer", "source")

    id = Text()


class ExplainRequest(Strict):
    """One text, and the field to read it as."""

    field = FieldName(required=True)
    text = Text(required=True, metadata={"setting": "text_characters"})
    locale = Text(validate=_TAG)


class ClauseWord(Strict):
    """A word of a clause, and the concept that it stands for."""

    concept = Text(required=True)
    text = Text(required=True)


class ClauseFact(Strict):
    """What a clause says of one question about the use of a work."""

    question = Text(required=True)
    holds = fields.Boolean(required=True)


class Clause(Strict):
    """One clause of a rights text: how it opens, its words, whether it permits or forbids, and what follows from it."""

    opener = Text(required=True, allow_none=True)
    words = Items(fields.Nested(ClauseWord), required=True)
    locale = Text(required=True)
    permits = fields.Boolean(required=True, allow_none=True)
    facts = Items(fields.Nested(ClauseFact), required=True)


class Explanation(Strict):
    """A result, and for rights the clauses that led to it, in the order of the text."""

    result = fields.Nested(Result, required=True)
    trace = Items(fields.Nested(Clause), required=True)


class ValuesAnswer(Strict):
    """Results, in the order of the values asked for."""

    values = Items(fields.Nested(Result), required=True)
