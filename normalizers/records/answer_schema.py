"""The shape of the answer for one record, and the JSON Schema that is published of it.

``answer.schema.json`` in this folder is what ``python -m normalizers.records.answer_schema`` prints; a test compares the two.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, fields, validate

from normalizers.records.clean_schema import CleanRecord, License, Strict, filled
from normalizers.results import Method, Status

_STATUS = validate.OneOf([status.value for status in Status])


class Issue(Strict):
    """A doubt or remark; ``code`` is for programs, ``detail`` for people."""

    code = filled(required=True)
    detail = filled(required=True)


class Source(Strict):
    """Where a value came from: a JSON pointer into the record, or lines counted from 1; its name there, and how its field was told."""

    pointer = fields.String()
    line = fields.Integer(strict=True)
    last_line = fields.Integer(strict=True)
    heading_line = fields.Integer(strict=True)
    name = filled()
    rule = filled()


class Candidate(Strict):
    """An answer that a text allows but does not settle."""

    identifier = filled(required=True)
    label = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class RecordIssue(Issue):
    """A doubt or remark about the record as a whole, or about what it was read from."""

    pointer = fields.String()
    source = fields.Nested(Source)
    candidates = fields.List(fields.Nested(Candidate))


class Evidence(Strict):
    """A span of the text, counted in code points, the rule that read it, and what it yields."""

    start = fields.Integer(strict=True, required=True)
    end = fields.Integer(strict=True, required=True)
    text = fields.String(required=True)
    rule = fields.String(required=True)
    yields = fields.String(required=True)


class Vocabulary(Strict):
    """The vocabulary that identifiers belong to."""

    name = filled(required=True)
    version = filled(required=True)


class Decision(Strict):
    """What one value was read as, where it came from, and where in this answer it went (null: nowhere)."""

    pointer = fields.String(required=True, allow_none=True)
    source = fields.Nested(Source, required=True)
    field = filled(required=True)
    text = fields.String(required=True)
    status = fields.String(required=True, validate=_STATUS)
    identifiers = fields.List(filled(), required=True)
    method = fields.String(required=True, allow_none=True, validate=validate.OneOf([method.value for method in Method]))
    locale = filled()
    license = fields.Nested(License)
    candidates = fields.List(fields.Nested(Candidate), required=True)
    issues = fields.List(fields.Nested(Issue), required=True)
    evidence = fields.List(fields.Nested(Evidence), required=True)
    vocabulary = fields.Nested(Vocabulary, required=True, allow_none=True)
    read_as = fields.String()
    details = fields.Dict(keys=fields.String())


class Unresolved(Strict):
    """A value whose field is known and whose meaning is not settled; ``decision`` points to all that is known of it."""

    decision = filled(required=True)
    source = fields.Nested(Source, required=True)
    field = filled(required=True)
    text = fields.String(required=True)
    status = fields.String(required=True, validate=_STATUS)
    candidates = fields.List(fields.Nested(Candidate), required=True)
    issues = fields.List(fields.Nested(Issue), required=True)


class Unparsed(Strict):
    """A value that was not read at all, and why; ``candidates`` are the fields that its name may stand for."""

    source = fields.Nested(Source, required=True)
    text = fields.String(required=True, allow_none=True)
    reason = filled(required=True)
    candidates = fields.List(filled())


class Answer(Strict):
    """The answer for one record."""

    metadata = fields.Nested(CleanRecord, required=True)
    decisions = fields.List(fields.Nested(Decision), required=True)
    unresolved = fields.List(fields.Nested(Unresolved), required=True)
    unparsed = fields.List(fields.Nested(Unparsed), required=True)
    issues = fields.List(fields.Nested(RecordIssue), required=True)
    versions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def build_json_schema() -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of the answer, with a definition for each kind of object in it."""
    definitions: dict[str, Any] = {}
    root = _object(Answer(), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "drets answer",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


_SCALARS: Mapping[type[fields.Field[Any]], str] = MappingProxyType(
    {fields.String: "string", fields.Integer: "integer", fields.Float: "number", fields.Boolean: "boolean"}
)


def _object(schema: Schema, definitions: dict[str, Any]) -> dict[str, Any]:
    required = [name for name, field in schema.fields.items() if field.required]
    return {
        "description": inspect.cleandoc(type(schema).__doc__ or "").split("\n\n")[0],
        "type": "object",
        "properties": {name: _member(field, definitions) for name, field in schema.fields.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _member(field: fields.Field[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    member = _value(field, definitions)
    if not field.allow_none:
        return member
    if "type" in member:
        widened = {**member, "type": [member["type"], "null"]}
        return {**widened, "enum": [*member["enum"], None]} if "enum" in member else widened
    return {"anyOf": [member, {"type": "null"}]}


def _value(field: fields.Field[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(field, fields.Nested):
        name = type(field.schema).__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(field.schema, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(field, fields.List):
        return {"type": "array", "items": _member(field.inner, definitions)}
    if isinstance(field, fields.Dict):
        values = _member(field.value_field, definitions) if field.value_field else True
        return {"type": "object", "additionalProperties": values}
    kind = next(name for known, name in _SCALARS.items() if isinstance(field, known))
    return {"type": kind, **_limits(field)}


def _limits(field: fields.Field[Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for validator in field.validators:
        if isinstance(validator, validate.OneOf):
            limits["enum"] = list(validator.choices)
        elif isinstance(validator, validate.Equal):
            limits["const"] = validator.comparable
        elif isinstance(validator, validate.Length):
            limits["minLength"] = validator.min
    return limits


if __name__ == "__main__":
    json.dump(build_json_schema(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
