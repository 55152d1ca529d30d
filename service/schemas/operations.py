"""Answers about the service itself, and the problem object."""

from __future__ import annotations

from marshmallow import fields, validate

from service.schemas.base import Items, Strict, Text


class Check(Strict):
    """Whether one thing that the service leans on is as it should be."""

    status = Text(required=True, validate=validate.OneOf(("pass", "warn", "fail")))
    output = Text()


class Health(Strict):
    """Whether the service lives, or is ready."""

    status = Text(required=True, validate=validate.OneOf(("pass", "warn", "fail")))
    output = Text()
    checks = fields.Dict(keys=Text(), values=Items(fields.Nested(Check)))


class VocabularyVersion(Strict):
    """A vocabulary that is served."""

    name = Text(required=True)
    version = Text(required=True)


class VocabulariesAnswer(Strict):
    """The vocabularies, and the version of drets that serves them."""

    drets = Text(required=True)
    vocabularies = Items(fields.Nested(VocabularyVersion), required=True)


class LocaleTag(Strict):
    """A locale that is served, and how many labels its file has in each section."""

    tag = Text(required=True)
    name = Text(required=True)
    labels = fields.Dict(keys=Text(), values=fields.Integer(strict=True), required=True)


class LocalesAnswer(Strict):
    """The locales."""

    locales = Items(fields.Nested(LocaleTag), required=True)


class ProblemFault(Strict):
    """One thing wrong with a request."""

    pointer = Text(required=True)
    detail = Text(required=True)


class Problem(Strict):
    """A problem (RFC 9457); in a stream also with the number of the line."""

    type = Text(required=True)
    title = Text(required=True)
    status = fields.Integer(required=True, strict=True)
    detail = Text(required=True)
    request_id = Text(required=True)
    errors = Items(fields.Nested(ProblemFault), required=True)
    line = fields.Integer(strict=True)
