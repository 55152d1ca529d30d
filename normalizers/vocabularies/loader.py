"""Reads the vocabulary files of a folder. The marshmallow schema below is the format; there is no other validator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from normalizers.errors import Fault, VocabularyError
from normalizers.schema_faults import flatten
from normalizers.strict_yaml import Document, parse_yaml
from normalizers.vocabularies.model import Concept, Vocabulary

EMBEDDED = Path(__file__).parent


class ConceptSchema(Schema):
    """One concept: ``id`` is appended to the vocabulary's ``base`` unless it is a whole address."""

    id = fields.String(required=True)
    broader = fields.List(fields.String(), load_default=list)
    properties = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class VocabularySchema(Schema):
    """One vocabulary file."""

    name = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9-]*$"))
    version = fields.String(required=True)
    title = fields.String(required=True)
    source = fields.String(required=True)
    license = fields.String(required=True)
    base = fields.String(load_default="")
    concepts = fields.Dict(keys=fields.String(), values=fields.Nested(ConceptSchema), required=True, validate=validate.Length(min=1))


def load_vocabularies(folder: Path = EMBEDDED) -> Mapping[str, Vocabulary]:
    """Read every ``*.yaml`` of a folder into vocabularies by name; raises VocabularyError with all faults found."""
    faults: list[Fault] = []
    vocabularies: dict[str, Vocabulary] = {}
    for path in sorted(folder.glob("*.yaml")):
        document = parse_yaml(path.read_text(encoding="utf-8"), path.name)
        faults.extend(document.faults)
        vocabulary = _build(document, faults) if not document.faults else None
        if vocabulary:
            vocabularies[vocabulary.name] = vocabulary
    if faults:
        raise VocabularyError(tuple(faults))
    return MappingProxyType(vocabularies)


def _build(document: Document, faults: list[Fault]) -> Vocabulary | None:
    try:
        content = VocabularySchema().load(document.content)
    except ValidationError as error:
        faults.extend(document.fault(path, detail) for path, detail in flatten(error.messages))
        return None
    concepts = {key: _concept(key, entry, content["base"]) for key, entry in content["concepts"].items()}
    for key, concept in concepts.items():
        faults.extend(
            document.fault(("concepts", key, "broader"), f"no concept {name!r}") for name in concept.broader if name not in concepts
        )
    stated = {name: content[name] for name in ("name", "version", "title", "source", "license")}
    return Vocabulary(**stated, concepts=MappingProxyType(concepts))


def _concept(key: str, entry: Mapping[str, Any], base: str) -> Concept:
    identifier = entry["id"] if "://" in entry["id"] else base + entry["id"]
    return Concept(key, identifier, tuple(entry["broader"]), MappingProxyType(dict(entry["properties"])))
