"""What version 0.2 of the reconciliation service API, and the draft of 1.0, ask of each answer: JSON Schema written from their text."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}


def obj(required: dict[str, Schema], optional: dict[str, Schema] | None = None, *, closed: bool = False) -> Schema:
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": not closed}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


NAMED = obj({"id": TEXT, "name": TEXT})
TYPE: Schema = {"anyOf": [obj({"id": TEXT}, {"name": TEXT}), TEXT]}
WITH_ID: Schema = {"type": "string", "pattern": r"\{\{id\}\}"}
PLACE = obj(
    {},
    {
        "service_url": TEXT,
        "service_path": TEXT,
        "flyout_service_url": TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
)
SETTING = obj(
    {"name": TEXT, "label": TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"default": {}, "help_text": TEXT, "choices": many(obj({"value": TEXT, "name": TEXT}))},
)

# Section 3
MANIFEST = obj(
    {"versions": {**many(TEXT), "contains": {"const": "0.2"}}, "name": TEXT, "identifierSpace": TEXT, "schemaSpace": TEXT},
    {
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "defaultTypes": {**many(TYPE), "uniqueItems": True},
        "view": obj({"url": WITH_ID}),
        "preview": obj({"url": WITH_ID, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": obj({}, {"entity": PLACE, "property": PLACE, "type": PLACE}, closed=True),
        "extend": obj({}, {"propose_properties": obj({}, {"service_url": TEXT, "service_path": TEXT}), "property_settings": many(SETTING)}),
    },
)

# Section 4
FEATURE = obj({"id": TEXT, "value": {"type": ["boolean", "number"]}})
CANDIDATE = obj(
    {"id": TEXT, "name": TEXT, "score": {"type": "number"}},
    {"description": TEXT, "features": many(FEATURE), "match": {"type": "boolean"}, "type": many(TYPE)},
)
RESULTS: Schema = {"type": "object", "additionalProperties": obj({"result": many(CANDIDATE)})}

# Section 5
SUGGESTIONS = obj({"result": many(obj({"id": TEXT, "name": TEXT}, {"description": TEXT, "notable": many(TYPE)}))})

# Section 7
VALUE: Schema = {
    "oneOf": [
        {"type": "object", "maxProperties": 0},
        obj({"id": TEXT, "name": TEXT}, {"description": TEXT}, closed=True),
        obj({"str": TEXT}, closed=True),
        obj({"float": {"type": "number"}}, closed=True),
        obj({"int": {"type": "integer"}}, closed=True),
        obj({"date": TEXT}, closed=True),
    ]
}
EXTENSION = obj(
    {
        "meta": many(obj({"id": TEXT, "name": TEXT}, {"type": obj({"id": TEXT}, {"name": TEXT}), "service": TEXT})),
        "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": many(VALUE)}},
    }
)
PROPOSED = obj({"properties": many(NAMED)}, {"type": TEXT, "limit": {"type": "integer"}})
FLYOUT = obj({"id": TEXT, "html": TEXT})

# The draft of version 1.0, as of October 2025
TEMPLATE: Schema = {"type": "string", "pattern": r"[^{]\{\+?id\}$"}
DRAFT_SETTING = obj(
    {"id": TEXT, "name": TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"default": {}, "helpText": TEXT, "choices": many(obj({"value": TEXT, "name": TEXT}))},
    closed=True,
)
FLAG: Schema = {"type": "boolean"}
DRAFT_MANIFEST = obj(
    {"versions": {**many(TEXT), "contains": {"const": "1.0-draft"}}, "name": TEXT, "view": obj({"url": TEMPLATE}, closed=True)},
    {
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "defaultTypes": {**many(NAMED), "uniqueItems": True},
        "preview": obj({"width": {"type": "integer"}, "height": {"type": "integer"}}, closed=True),
        "suggest": obj({"entity": FLAG, "property": FLAG, "type": FLAG}, closed=True),
        "extend": obj({}, {"proposeProperties": FLAG, "propertySettings": many(DRAFT_SETTING)}, closed=True),
        "batchSize": {"type": "integer"},
        "standardizedScore": FLAG,
    },
    closed=True,
)
DRAFT_FEATURE = obj({"id": TEXT, "name": {**TEXT, "minLength": 1}, "value": {"type": ["boolean", "number"]}})
DRAFT_CANDIDATE = obj(
    {"id": TEXT, "name": TEXT, "type": many(NAMED), "match": FLAG},
    {"description": TEXT, "score": {"type": "number", "minimum": 0, "maximum": 100}, "features": many(DRAFT_FEATURE)},
)
DRAFT_RESULTS = obj({"results": many(obj({"candidates": many(DRAFT_CANDIDATE)}, closed=True))}, closed=True)
DRAFT_EXTENSION = obj(
    {
        "meta": EXTENSION["properties"]["meta"],
        "rows": many(obj({"id": TEXT, "properties": many(obj({"id": TEXT, "values": many(VALUE)}, closed=True))}, closed=True)),
    }
)
