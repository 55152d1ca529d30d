"""One identifier, and the kinds of things known of identifiers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Entity(Struct, frozen=True):
    """An identifier that a field can be answered with.

    ``name`` is the English one; ``facts`` maps the ids of properties to values, each a text or, where the property says so, the
    identifier of another entity.
    """

    field: str
    identifier: str
    name: str
    facts: Mapping[str, tuple[str, ...]]


class Property(Struct, frozen=True):
    """Something known of the entities of some fields; ``names_entities`` where its values are identifiers of the same field."""

    id: str
    name: str
    fields: tuple[str, ...]
    names_entities: bool = False
    by_locale: bool = False
