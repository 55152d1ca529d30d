"""Rows of cells: chosen members of the clean record, for CSV and Parquet.

A column is named by the way to a member, with dots: ``title``, ``dates.issued``, ``creators.name``, ``rights.license.uri``. Lists on the
way are gone through, so that ``creators.name`` holds the names of all creators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, fields
from msgspec import Struct

from normalizers.records.clean_schema import CleanRecord
from normalizers.records.crosswalks.account import Account, Part
from normalizers.records.crosswalks.model import Reason

_KINDS: Mapping[type[fields.Field[Any]], str] = MappingProxyType(
    {fields.Integer: "integer", fields.Float: "number", fields.Boolean: "boolean"}
)

DEFAULT = (
    "title",
    "creators.name",
    "dates.issued",
    "resource_types.uri",
    "languages",
    "version.uri",
    "peer_review.uri",
    "rights.license.family",
    "rights.license.uri",
    "rights.access.uri",
    "rights.statement.uri",
    "rights.embargo_end",
    "published_in.title",
    "publishers.text",
    "identifiers.uri",
)
"""What is written where no columns are chosen: what most people ask a dump for."""


class Column(Struct, frozen=True):
    """A column; ``kind`` is a type of JSON, ``many`` means that it holds a list of them."""

    name: str
    kind: str
    many: bool


@cache
def list_columns() -> dict[str, Column]:
    """List every column that a clean record can fill, by name."""
    return {column.name: column for column in _columns(CleanRecord(), "", many=False)}


def _columns(schema: Schema, prefix: str, *, many: bool) -> Iterator[Column]:
    for name, field in schema.fields.items():
        lists = 0
        while isinstance(field, fields.List):
            field, lists = field.inner, lists + 1  # noqa: PLW2901 -- what a list holds is what the column holds
        if isinstance(field, fields.Nested):
            yield from _columns(field.schema, f"{prefix}{name}.", many=many or lists > 0)
        else:
            kind = next((kind for type_, kind in _KINDS.items() if isinstance(field, type_)), "string")
            yield Column(prefix + name, kind, many or lists > 0)


def write(account: Account, chosen: Sequence[Column]) -> list[Any]:
    """Fill the cells: a value or None, or a list of values where a column holds many."""
    row = []
    for column in chosen:
        values = list(_values(account.root, column.name.split(".")))
        row.append(values if column.many else values[0] if values else None)
    for name in account.root.value:
        account.root.part(name).leave(Reason.NOT_CHOSEN)
    return row


def _values(part: Part, names: Sequence[str]) -> Iterator[Any]:
    if isinstance(part.value, list):
        for item in part.items():
            yield from _values(item, names)
    elif names:
        yield from _values(part.part(names[0]), names[1:])
    elif part.value is not None:
        yield part.say()
