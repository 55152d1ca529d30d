"""What goes in and comes out of reconciliation, as version 0.2 of its API says it, and what the draft of 1.0 shares with it."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields, validate

from service.schemas.base import Items, Strict, Text

_CALLBACK = validate.Regexp(r"^[A-Za-z_$][A-Za-z0-9_$.]{0,99}$", error="The name of a JavaScript function belongs here.")
MOST_CANDIDATES = 100


class Callback(Strict):
    """The query of every address of reconciliation; what clients add that other services understand is not looked at."""

    class Meta:
        """Of OpenRefine: ``spell``, ``exact``, ``scoring``, ``prefixed``, and what jQuery adds to keep scripts out of caches."""

        unknown = EXCLUDE

    callback = Text(validate=_CALLBACK, metadata={"description": "Answer with a script that calls this function (JSONP)."})


class ReconcileQuery(Callback):
    """Queries or a data extension query as JSON; without either, the manifest is asked for."""

    queries = Text(metadata={"description": "A batch of queries, an object as JSON."})
    extend = Text(metadata={"description": "A data extension query, an object as JSON."})


class ReconcileForm(Strict):
    """The same as a form, as clients send it whose batches are too long for an address."""

    queries = Text()
    extend = Text()


class SuggestQuery(Callback):
    """The beginning of a name."""

    prefix = Text(required=True, metadata={"setting": "text_characters"})
    cursor = Text(validate=validate.Regexp(r"^[0-9]{1,4}$", error="A number belongs here."))
    type = Text(metadata={"description": "Only entities of this type."})


class EntityQuery(Callback):
    """One identifier."""

    id = Text(required=True)


class ProposeQuery(Callback):
    """The type to propose properties for."""

    type = Text()
    limit = Text(validate=validate.Regexp(r"^[0-9]{1,4}$", error="A number belongs here."))


class OneOrMany(fields.Field[Any]):
    """A text, or an array of texts."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_options: Any) -> tuple[str, ...]:
        del attr, data  # what marshmallow hands to every field
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise ValidationError("A string or an array of strings belongs here.")
        return tuple(texts)


class PropertyValue(Strict):
    """What is known of the thing beside its name."""

    pid = Text(required=True)
    v = fields.Raw(required=True, allow_none=True)


class Query(Strict):
    """One text to be matched."""

    query = Text(load_default="")
    type = OneOrMany(load_default=())
    limit = fields.Integer(strict=True, validate=validate.Range(min=1, max=MOST_CANDIDATES), load_default=5)
    properties = Items(fields.Nested(PropertyValue), load_default=list)
    type_strict = Text(validate=validate.OneOf(("any", "should", "all")))


class ExtendProperty(Strict):
    """A property whose values are asked for, with the settings that the manifest offers."""

    id = Text(required=True)
    settings = fields.Dict(keys=Text(), load_default=dict)


class Extend(Strict):
    """Identifiers, and what is asked of each."""

    ids = Items(Text(), required=True)
    properties = Items(fields.Nested(ExtendProperty), required=True)


class Open(Schema):
    """A schema of an object whose members have names of the client's."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = INCLUDE


class ReconcileAnswer(Open):
    """The manifest, the results of each query under its key, or the rows of a data extension."""


class Suggestion(Strict):
    """Something that begins so."""

    id = Text(required=True)
    name = Text(required=True)
    description = Text()
    notable = Items(fields.Dict(keys=Text(), values=Text()))


class SuggestAnswer(Strict):
    """What begins so, the nearest first."""

    result = Items(fields.Nested(Suggestion), required=True)


class Flyout(Strict):
    """A few lines on an identifier, as HTML."""

    id = Text(required=True)
    html = Text(required=True)


class ProposedProperty(Strict):
    """A property."""

    id = Text(required=True)
    name = Text(required=True)


class ProposeAnswer(Strict):
    """The properties that entities of a type have."""

    type = Text()
    limit = fields.Integer(strict=True)
    properties = Items(fields.Nested(ProposedProperty), required=True)
