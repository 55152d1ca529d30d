"""What a field can be answered with, as people look for it."""

from __future__ import annotations

from marshmallow import fields, validate

from normalizers import ENTITY_FIELDS
from service.schemas.base import Items, Strict, Text

_FIELDS = validate.OneOf(ENTITY_FIELDS, error=f"Concepts are listed of {', '.join(ENTITY_FIELDS)}.")
_MOST = 100


class ConceptsQuery(Strict):
    """Which concepts to list: those of an identifier, below another, or with a name; with none of these, the highest ones."""

    field = Text(required=True, validate=_FIELDS)
    q = Text(validate=validate.Length(max=200))
    identifier = Text(validate=validate.Length(max=500))
    below = Text(validate=validate.Length(max=500))
    locale = Text(load_default="en", validate=validate.Length(max=35))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, _MOST, error=f"A number from 1 to {_MOST} belongs here."))


class NamedConcept(Strict):
    """An identifier with its name in the language asked for, or in English where it has none in that."""

    identifier = Text(required=True)
    label = Text(required=True)


class PlacedConcept(NamedConcept):
    """A concept, the way down to it from the highest, how many are right below it, and whether a term can be decided to mean it."""

    path = Items(fields.Nested(NamedConcept), required=True)
    narrower = fields.Integer(required=True, strict=True)
    decidable = fields.Boolean(required=True)


class ConceptsAnswer(Strict):
    """Concepts, the likeliest first where a name was asked for."""

    concepts = Items(fields.Nested(PlacedConcept), required=True)
