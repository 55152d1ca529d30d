"""Reads the layers of a data folder: the one place where their files are opened. The schemas below are the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import langcodes
from marshmallow import Schema, ValidationError, fields, validate

from normalizers.errors import Fault, VocabularyError
from normalizers.folding import fold_key
from normalizers.layers.model import Layer, LayerConcept, LayerLabel, Match
from normalizers.layers.targets import TARGETS
from normalizers.localedata import LabelKind, LabelsField
from normalizers.schema_faults import flatten
from normalizers.strict_yaml import Document, parse_yaml
from normalizers.vocabularies import Vocabulary

FOLDER = "layers"
"""Folder of the layers' files within a data folder."""

LONGEST_TAG = 35
"""Characters of the longest tag that RFC 5646 (section 4.4.1) asks every program to hold."""


class LayerConceptSchema(Schema):
    """One concept: ``id`` is its address; where that is no concept of the vocabulary, ``exact`` or ``broad`` is the one it maps to."""

    id = fields.String(required=True, validate=validate.Length(min=1))
    exact = fields.String(load_default=None)
    broad = fields.String(load_default=None)
    labels = fields.Dict(keys=fields.String(), values=LabelsField(stems=False), required=True, validate=validate.Length(min=1))


class LayerSchema(Schema):
    """One layer file."""

    layer = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z0-9-]*$"))
    version = fields.String(required=True, validate=validate.Length(min=1))
    title = fields.String(required=True)
    source = fields.String(required=True)
    license = fields.String(required=True)
    vocabulary = fields.String(required=True, validate=validate.OneOf(sorted(TARGETS), error="must be one of {choices}"))
    shared = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), load_default=dict)
    concepts = fields.List(fields.Nested(LayerConceptSchema), required=True, validate=validate.Length(min=1))


def load_layers(data: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[Layer, ...]:
    """Read every ``layers/*.yaml`` of a data folder, by file name; raises VocabularyError with all faults found.

    A data folder without any layer is a fault: whoever names one expects that it changes something.
    """
    faults: list[Fault] = []
    layers: list[Layer] = []
    for path in sorted((data / FOLDER).glob("*.yaml")):
        file = f"{FOLDER}/{path.name}"
        try:
            layers.extend(_add(parse_layer(path.read_text(encoding="utf-8"), file, vocabularies), layers, vocabularies))
        except UnicodeDecodeError as error:
            faults.append(Fault(file, 1, "", f"not UTF-8: {error.reason} at byte {error.start}"))
        except VocabularyError as error:
            faults.extend(error.faults)
    if not layers and not faults:
        faults.append(Fault(str(data), 1, "", f"no {FOLDER}/*.yaml here"))
    if faults:
        raise VocabularyError(tuple(faults))
    return tuple(layers)


def parse_layer(text: str, file: str, vocabularies: Mapping[str, Vocabulary]) -> Layer:
    """Read one layer from the text of its file; raises VocabularyError with all its faults."""
    document = parse_yaml(text, file)
    if document.faults:
        raise VocabularyError(document.faults)
    try:
        content = LayerSchema().load(document.content if document.content is not None else {})
    except ValidationError as error:
        raise VocabularyError(tuple(document.fault(path, detail) for path, detail in flatten(error.messages))) from error
    faults = tuple(_faults(content, document, vocabularies[content["vocabulary"]]))
    if faults:
        raise VocabularyError(faults)
    stated = {name: content[name] for name in ("version", "title", "source", "license", "vocabulary")}
    keys = {concept.identifier: concept.key for concept in vocabularies[content["vocabulary"]].concepts.values()}
    concepts = (_concept(entry, index, keys, document) for index, entry in enumerate(content["concepts"]))
    shared = {tag: frozenset(map(fold_key, labels)) for tag, labels in content["shared"].items()}
    return Layer(content["layer"], **stated, file=file, concepts=tuple(concepts), shared=MappingProxyType(shared))


def _add(layer: Layer, before: list[Layer], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Layer]:
    taken = next((other.file for other in before if other.name == layer.name), None)
    if layer.name in vocabularies:
        taken = "the vocabularies of drets"
    if taken:
        raise VocabularyError((Fault(layer.file, 1, "layer", f"the name {layer.name!r} is also used in {taken}"),))
    yield layer


def _faults(content: Mapping[str, Any], document: Document, vocabulary: Vocabulary) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, entry in enumerate(content["concepts"]):
        path = ("concepts", index)
        targets = [name for name in ("exact", "broad") if entry[name] is not None]
        if len(targets) > 1:
            yield document.fault((*path, "broad"), "a concept maps to one concept: exact or broad, not both")
        name = targets[0] if targets else "id"
        if entry[name] not in vocabulary.by_identifier:
            yield document.fault((*path, name), f"{entry[name]} is no concept of {vocabulary.name} {vocabulary.version}")
        if entry["id"] in seen:
            yield document.fault((*path, "id"), f"{entry['id']} stands also in line {document.lines['concepts', seen[entry['id']]]}")
        seen.setdefault(entry["id"], index)
        yield from (document.fault((*path, "labels", tag), f"{tag!r} is no BCP 47 tag") for tag in entry["labels"] if not is_tag(tag))


def is_tag(tag: str) -> bool:
    """Tell whether a text is a BCP 47 language tag, in its usual spelling."""
    return len(tag) <= LONGEST_TAG and langcodes.tag_is_valid(tag) and langcodes.standardize_tag(tag) == tag


def _concept(entry: Mapping[str, Any], index: int, keys: Mapping[str, str], document: Document) -> LayerConcept:
    match = Match.EXACT if entry["exact"] else Match.BROAD if entry["broad"] else Match.SAME
    target = entry["exact"] or entry["broad"] or entry["id"]
    labels = tuple(_labels(entry["labels"], ("concepts", index, "labels"), document))
    return LayerConcept(entry["id"], keys[target], match, labels)


def _labels(languages: Mapping[str, Mapping[str, list[str]]], path: tuple[str | int, ...], document: Document) -> Iterator[LayerLabel]:
    for tag, kinds in languages.items():
        for kind, texts in kinds.items():
            for index, text in enumerate(texts):
                known = ((*path, tag, kind, index), (*path, tag, kind), (*path, tag, index))
                line = next(document.lines[step] for step in known if step in document.lines)
                # The first of a plain list is preferred; what a file calls alt is not, even where it is all there is.
                first = index == 0 and (*path, tag, kind) not in document.lines
                yield LayerLabel(tag, text, LabelKind.PREF if first else LabelKind(kind), line)
