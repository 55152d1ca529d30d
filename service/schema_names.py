"""Makes sure that each schema of the contract has a name of its own: one would take the place of the other there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marshmallow import Schema, fields

from service.routing import Route
from service.schemas.operations import Problem


def check_names(routes: Iterable[Route]) -> None:
    """Look at every schema that addresses take or answer with, and at those within them.

    Raises:
        ValueError: Two of them have the same name.
    """
    named: dict[str, type[Schema]] = {}
    waiting: list[type[Schema]] = [Problem, *(schema for route in routes for schema in (route.takes, route.answers) if schema is not None)]
    while waiting:
        schema = waiting.pop()
        known = named.get(schema.__name__)
        if known is None:
            named[schema.__name__] = schema
            waiting.extend(_within(schema))
        elif known is not schema:
            places = " and ".join(f"{each.__module__}.{each.__qualname__}" for each in (known, schema))
            raise ValueError(f"Two schemas have the name {schema.__name__}: {places}. Give one of them another.")


def _within(schema: type[Schema]) -> Iterator[type[Schema]]:
    waiting = list(schema().fields.values())
    while waiting:
        field = waiting.pop()
        if isinstance(field, fields.Nested):
            yield type(field.schema)
        elif isinstance(field, fields.List):
            waiting.append(field.inner)
        elif isinstance(field, fields.Dict) and field.value_field is not None:
            waiting.append(field.value_field)
