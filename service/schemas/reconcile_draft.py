"""What goes in and comes out of reconciliation, as the draft of version 1.0 of its API says it."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from service.reconcile.asking import MATCHED, PROPERTY, QUANTIFIERS
from service.schemas.base import Flag, Items, Strict, Text
from service.schemas.reconcile import MOST_CANDIDATES

_SIMPLE = (str, int, float)


class Values(fields.Field[Any]):
    """One value of a property, or several: texts, numbers, true or false, or what was matched before, by its ``id``."""

    default_error_messages = {"required": "This key is missing.", "null": "A value belongs here, not null."}  # noqa: RUF012 -- marshmallow declares it as it is

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_options: Any) -> Any:
        del attr, data  # what marshmallow hands to every field
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, _SIMPLE) and not (isinstance(item, dict) and isinstance(item.get("id"), str)):
                raise ValidationError("A string, a number, true or false, an object with an id, or an array of these belongs here.")
        return value


class MatchCondition(Strict):
    """What should hold of an entity: its name, its identifier, or a property that is known of it."""

    matchType = Text(required=True, validate=validate.OneOf(MATCHED))  # noqa: N815 -- so the API calls it
    propertyId = Text(metadata={"description": "The property; only where the matchType is property."})  # noqa: N815 -- the same
    propertyValue = Values(required=True)  # noqa: N815 -- the same
    required = Flag(load_default=False)
    matchQuantifier = Text(validate=validate.OneOf(QUANTIFIERS), load_default=QUANTIFIERS[0])  # noqa: N815 -- the same
    lang = Text(metadata={"description": "The language that a name is written in; it only breaks ties."})
    dir = Text(validate=validate.OneOf(("ltr", "rtl", "auto")))

    @validates_schema
    def check_property(self, condition: dict[str, Any], **_options: Any) -> None:
        """Hold to its kind: one on a property names it, and of several names or identifiers any may be meant."""
        is_about_property = condition["matchType"] == PROPERTY
        if is_about_property != ("propertyId" in condition):
            raise ValidationError("The property is named where the matchType is property, and only there.", "propertyId")
        if not is_about_property and condition["matchQuantifier"] != QUANTIFIERS[0]:
            raise ValidationError("Of names and identifiers any may be meant.", "matchQuantifier")


class ConditionQuery(Strict):
    """One query: what should hold of the entities."""

    conditions = Items(fields.Nested(MatchCondition), required=True, validate=validate.Length(min=1, error="A condition belongs here."))
    type = Text()
    limit = fields.Integer(strict=True, validate=validate.Range(min=1, max=MOST_CANDIDATES), load_default=5)
    lang = Text(metadata={"description": "The language that names are written in; it only breaks ties."})
    dir = Text(validate=validate.OneOf(("ltr", "rtl", "auto")))


class MatchBatch(Strict):
    """Queries, which are answered in their order."""

    queries = Items(fields.Nested(ConditionQuery), required=True, metadata={"setting": "values_per_request"})


class Candidates(Strict):
    """The entities that a query may mean, the best first."""

    candidates = Items(fields.Dict(keys=Text()), required=True)


class MatchAnswer(Strict):
    """The candidates of each query, in the order of the queries."""

    results = Items(fields.Nested(Candidates), required=True)


class ExtendAnswer(Strict):
    """What the properties are, and their values for each identifier."""

    meta = Items(fields.Dict(keys=Text()), required=True)
    rows = Items(fields.Dict(keys=Text()), required=True)
