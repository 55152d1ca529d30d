"""Requests for single values, and the results that answer them."""

from __future__ import annotations

from marshmallow import fields, validate

from service.schemas.base import Items, Strict, Text

_LOCALE = validate.And(
    validate.Length(max=35, error="No language tag is that long."),
    validate.Regexp(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", error="A BCP 47 language tag belongs here."),
)
_VERSION = validate.Regexp(r"^[1-9]\.[0-9]$", error="The version of a license belongs here, such as 4.0.")


class ValueQuery(Strict):
    """One text and how to read it, from the query of a GET."""

    text = Text(required=True)
    locale = Text(validate=_LOCALE)
    assume_version = Text(validate=_VERSION)
    most_restrictive = fields.Boolean()


class Value(ValueQuery):
    """One text, the field to read it as, and the id that its result carries."""

    id = Text(required=True)
    field = Text(required=True)


class ValuesRequest(Strict):
    """Values to read."""

    values = Items(fields.Nested(Value), required=True)


class Permissions(Strict):
    """What a license grants or asks."""

    commercial_use = fields.Boolean(allow_none=True)
    derivatives = fields.Boolean(allow_none=True)
    share_alike = fields.Boolean(allow_none=True)
    attribution = fields.Boolean(allow_none=True)


class License(Strict):
    """A license as far as the text states it."""

    family = Text(required=True)
    uri = Text(required=True, allow_none=True)
    spdx = Text(required=True, allow_none=True)
    version = Text(required=True, allow_none=True)
    jurisdiction = Text(required=True, allow_none=True)
    permissions = fields.Nested(Permissions, required=True, allow_none=True)


class Candidate(Strict):
    """An answer that the text allows but does not settle."""

    identifier = Text(required=True)
    label = Text(required=True, allow_none=True)
    reason = Text(required=True, allow_none=True)


class Issue(Strict):
    """A doubt or remark about an answer."""

    code = Text(required=True)
    detail = Text(required=True)


class Evidence(Strict):
    """A span of the text, in code points, and the rule that read it."""

    start = fields.Integer(required=True, strict=True)
    end = fields.Integer(required=True, strict=True)
    text = Text(required=True)
    rule = Text(required=True)
    yields = Text(required=True)


class Vocabulary(Strict):
    """The vocabulary that the identifiers belong to."""

    name = Text(required=True)
    version = Text(required=True)


class Result(Strict):
    """What a text was read as, from what, and what stayed in doubt."""

    id = Text()
    field = Text(required=True)
    text = Text(required=True)
    status = Text(required=True, validate=validate.OneOf(("matched", "ambiguous", "none", "unmatched")))
    identifiers = Items(Text(), required=True)
    method = Text(required=True, allow_none=True)
    locale = Text()
    license = fields.Nested(License)
    candidates = Items(fields.Nested(Candidate), required=True)
    issues = Items(fields.Nested(Issue), required=True)
    evidence = Items(fields.Nested(Evidence), required=True)
    vocabulary = fields.Nested(Vocabulary, required=True, allow_none=True)
    read_as = Text()
    details = fields.Dict(keys=Text())


class ExplainRequest(Strict):
    """One text, and the field to read it as."""

    field = Text(required=True)
    text = Text(required=True)
    locale = Text(validate=_LOCALE)


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
