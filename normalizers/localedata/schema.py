"""The format of a locale file. This schema is the loader: what it refuses cannot be read, what it reads is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from normalizers.localedata.sections import SectionDefinition

_STEMS = re.compile(r"\*?[^*]*[^*\s](?:\* [^*]*[^*\s])*\*?")


class LabelsField(fields.Field[dict[str, list[str]]]):
    """Labels of one concept: a list, whose first is preferred, or a mapping with ``pref``, ``alt`` and ``hidden``."""

    def __init__(self, *, stems: bool) -> None:
        super().__init__(required=True)
        self.stems = stems

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> dict[str, list[str]]:  # noqa: ARG002 - the signature is marshmallow's
        labels = {"alt": value} if isinstance(value, list) else value
        if not isinstance(labels, dict) or not labels.keys() <= {"pref", "alt", "hidden"}:
            raise ValidationError("must be a list of labels, or a mapping with pref, alt and hidden")
        if isinstance(labels.get("pref"), str):
            labels = {**labels, "pref": [labels["pref"]]}
        for kind, texts in labels.items():
            self._check(kind, texts)
        return labels

    def _check(self, kind: str, texts: Any) -> None:
        if not isinstance(texts, list) or not texts:
            raise ValidationError(f"{kind} must be a list of labels that is not empty")
        for text in texts:
            if not isinstance(text, str) or not text.strip(" *"):
                raise ValidationError(f"{text!r} is not a label")
            if "*" in text and not (self.stems and _STEMS.fullmatch(text)):
                raise ValidationError(f"{text!r}: a star stands for the rest of a word, and only in sections that allow stems")


class ExampleSchema(Schema):
    """One example or counter-example."""

    field = fields.String(load_default="license")
    text = fields.String(required=True, validate=validate.Length(min=1))
    reads = fields.Raw(required=True)


def build_schema(sections: Mapping[str, SectionDefinition]) -> Schema:
    """Make the schema of a locale file from the definitions of its sections."""
    members: dict[str, fields.Field[Any]] = {
        "locale": fields.String(required=True),
        "name": fields.String(required=True),
        "sources": fields.List(fields.String(), required=True, validate=validate.Length(min=1)),
        "prefixes": fields.List(fields.String(), load_default=list),
        "months": fields.List(
            fields.List(fields.String(), validate=validate.Length(min=1)),
            load_default=list,
            validate=validate.Length(equal=12, error="must list twelve months, each as a list of its names"),
        ),
        "shared": fields.Dict(
            keys=fields.String(validate=validate.OneOf(sorted(sections))), values=fields.List(fields.String()), load_default=dict
        ),
        "examples": fields.List(fields.Nested(ExampleSchema), load_default=list),
    }
    for name, definition in sections.items():
        known = fields.String() if definition.open else fields.String(validate=validate.OneOf(sorted(definition.keys), error="unknown key"))
        members[name] = fields.Dict(keys=known, values=LabelsField(stems=definition.stems), load_default=dict)
    return Schema.from_dict(members, name="LocaleSchema")()
