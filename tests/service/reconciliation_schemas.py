"""What version 0.2 of the reconciliation service API asks of each answer, written as JSON Schema from the text of the specification."""

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
