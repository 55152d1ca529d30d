"""How a request is held to its schema: unknown keys are refused, and every fault is named by a JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from service.limits import Path, pointer_to
from service.problems import Fault, invalid


class Strict(Schema):
    """A schema that refuses every key it does not know."""

    class Meta:
        """Options that marshmallow reads."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 -- marshmallow declares it as it is
        "unknown": "There is no such key here.",
        "type": "An object belongs here.",
    }


class Text(fields.String):
    """A string, and nothing that could be turned into one."""

    default_error_messages = {  # noqa: RUF012 -- marshmallow declares it as it is
        "required": "This key is missing.",
        "null": "A string belongs here, not null.",
        "invalid": "A string belongs here.",
    }


class FieldName(Text):
    """The name of a field that the registry reads; which there are, the registry knows."""


class Flag(fields.Boolean):
    """True or false, and nothing that could be turned into one; in a query their names, since a query knows only texts."""

    default_error_messages = {"invalid": "true or false belongs here."}  # noqa: RUF012 -- marshmallow declares it as it is

    def __init__(self, *, in_query: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._answers: Mapping[Any, bool] = {"true": True, "false": False} if in_query else {}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_options: Any) -> bool:
        del attr, data  # what marshmallow hands to every field
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in self._answers:
            return self._answers[value]
        raise self.make_error("invalid", input=value)


class Items(fields.List[Any]):
    """An array."""

    default_error_messages = {  # noqa: RUF012 -- marshmallow declares it as it is
        "required": "This key is missing.",
        "null": "An array belongs here, not null.",
        "invalid": "An array belongs here.",
    }


def load(schema: Schema, document: Any, *root: str) -> Any:
    """Hold a document to a schema, and answer what the schema makes of it.

    Args:
        schema: The schema.
        document: What the client sent.
        root: Where the document stands, for pointers into something larger.

    Raises:
        ProblemError: 422 with every fault found.
    """
    try:
        return schema.load(document)
    except ValidationError as refusal:
        raise invalid(*_faults(refusal.messages_dict, root)) from None


def _faults(messages: Mapping[Any, Any], path: Path) -> Iterator[Fault]:
    for key, found in messages.items():
        # marshmallow files what is wrong with an object as a whole under this key.
        place = path if key == "_schema" else (*path, key)
        if isinstance(found, Mapping):
            yield from _faults(found, place)
        else:
            yield from (Fault(pointer_to(place), str(message)) for message in found)
