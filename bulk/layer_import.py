"""From a SKOS file to a layer in a data folder: drafted, checked against everything that is there, and only then written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bulk.words import open_locales
from normalizers.folding import fold_key
from normalizers.layers import (
    FOLDER,
    Clash,
    Draft,
    DraftConcept,
    Layer,
    draft_layer,
    find_clashes,
    find_target,
    load_layers,
    parse_layer,
    write_layer,
)
from normalizers.vocabularies import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from normalizers.layers import SkosScheme
    from normalizers.localedata import Locale
    from normalizers.vocabularies import Vocabulary

_NAME = re.compile(r"[^a-z0-9]+")


class ImportRefusedError(Exception):
    """The file cannot become a layer as it was asked for; the message says what to do."""


class Clashes(StrEnum):
    """What becomes of a label that names another concept elsewhere."""

    REFUSE = "refuse"
    SHARE = "share"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller says of a layer; None where the file is to say it."""

    name: str | None = None
    version: str | None = None
    vocabulary: str | None = None
    untagged: str | None = None
    clashes: Clashes = Clashes.REFUSE


@dataclass(frozen=True, slots=True)
class Imported:
    """A layer that can be written: its text, what was left out, and the clashes that were found with other sources."""

    layer: Layer
    text: str
    draft: Draft
    clashes: tuple[Clash, ...]
    shared: int


def prepare_layer(scheme: SkosScheme, file_name: str, data: Path, wanted: Wanted) -> Imported:
    """Make a layer of a scheme, and hold it against the words of drets and the other layers of the data folder.

    Labels that two concepts of the file itself share are marked as shared. Raises ImportRefusedError and what the loaders raise.
    """
    vocabularies = load_vocabularies()
    head = _head(scheme, file_name, wanted, vocabularies)
    draft = draft_layer(scheme, vocabularies[head["vocabulary"]], untagged=wanted.untagged)
    if not draft.concepts:
        raise ImportRefusedError(f"no concept of the file, and none above it, is mapped to {head['vocabulary']}: nothing to import")
    path = layer_path(data, head["layer"])
    others = tuple(layer for layer in _others(data, vocabularies) if layer.file != f"{FOLDER}/{path.name}")
    taken = next((layer.file for layer in others if layer.name == head["layer"]), None)
    if taken or head["layer"] in vocabularies:
        raise ImportRefusedError(f"the name {head['layer']} is used by {taken or 'a vocabulary of drets'}; choose another with --name")
    return _check(head, draft, (open_locales(), others, vocabularies), wanted.clashes)


def layer_path(data: Path, name: str) -> Path:
    """Give the file of a layer within a data folder."""
    return data / FOLDER / f"{name}.yaml"


def _check(
    head: Mapping[str, str],
    draft: Draft,
    known: tuple[Mapping[str, Locale], tuple[Layer, ...], Mapping[str, Vocabulary]],
    policy: Clashes,
) -> Imported:
    locales, others, vocabularies = known
    file = f"{FOLDER}/{head['layer']}.yaml"
    first = parse_layer(write_layer(head, draft.concepts, {}), file, vocabularies)
    own = _by_language(clash for clash in find_clashes({}, (first,)))
    layer = parse_layer(write_layer(head, draft.concepts, own), file, vocabularies)
    clashes = tuple(clash for clash in find_clashes(locales, (*others, _unshared(layer, own))) if _is_between(clash, layer))
    if clashes and policy is Clashes.REFUSE:
        return Imported(layer, "", draft, clashes, sum(map(len, own.values())))
    shared = own
    if clashes and policy is Clashes.SHARE:
        shared = _by_language(clashes, own)
    if clashes and policy is Clashes.LEAVE_OUT:
        draft = replace(draft, concepts=tuple(_without(draft.concepts, clashes)))
        shared = _still_there(own, draft.concepts)
    if not draft.concepts:
        raise ImportRefusedError("every label of the file clashes: nothing is left to import")
    text = write_layer(head, draft.concepts, shared)
    return Imported(parse_layer(text, file, vocabularies), text, draft, clashes, sum(map(len, own.values())))


def _head(scheme: SkosScheme, file_name: str, wanted: Wanted, vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    found = find_target(scheme, vocabularies)
    if not wanted.vocabulary and len(found) != 1:
        raise ImportRefusedError(
            f"the file speaks of several vocabularies ({', '.join(found)}): choose one with --vocabulary"
            if found
            else "no concept of the file is, or is mapped to (skos:exactMatch, skos:broadMatch), one of a vocabulary that takes layers"
        )
    version = wanted.version or scheme.version
    if not version:
        raise ImportRefusedError("the file states no version (owl:versionInfo, dcterms:modified): give it with --version")
    title = scheme.title or file_name
    derived = _NAME.sub("-", (scheme.title or file_name.split(".", 1)[0]).casefold()).strip("-")
    name = wanted.name or (f"{derived}-labels" if derived in vocabularies else derived)
    if not re.fullmatch("[a-z][a-z0-9-]*", name):
        raise ImportRefusedError(f"{name!r} cannot name a layer: choose a name of small letters, digits and hyphens with --name")
    source = f"{scheme.address} ({file_name})" if scheme.address else file_name
    stated = {"version": version, "title": title, "source": source, "license": scheme.license or "not stated in the file"}
    return {"layer": name, **stated, "vocabulary": wanted.vocabulary or found[0]}


def _others(data: Path, vocabularies: Mapping[str, Vocabulary]) -> tuple[Layer, ...]:
    return load_layers(data, vocabularies) if any((data / FOLDER).glob("*.yaml")) else ()


def _unshared(layer: Layer, own: Mapping[str, Iterable[str]]) -> Layer:
    """Give a layer as it stands against others: that two of its own concepts share a label does not excuse a third one elsewhere."""
    return replace(layer, shared=MappingProxyType({})) if own else layer


def _is_between(clash: Clash, layer: Layer) -> bool:
    return clash.layer == layer.name and clash.other_file != layer.file


def _by_language(clashes: Iterable[Clash], known: Mapping[str, Iterable[str]] | None = None) -> dict[str, list[str]]:
    labels: dict[str, dict[str, str]] = {tag: {fold_key(label): label for label in found} for tag, found in (known or {}).items()}
    for clash in clashes:
        labels.setdefault(clash.tag, {}).setdefault(fold_key(clash.label), clash.label)
    return {tag: list(found.values()) for tag, found in labels.items()}


def _without(concepts: Iterable[DraftConcept], clashes: Iterable[Clash]) -> Iterable[DraftConcept]:
    gone = {(clash.tag, fold_key(clash.label)) for clash in clashes}
    for concept in concepts:
        languages = {}
        for tag, kinds in concept.labels.items():
            kept = {kind: tuple(text for text in texts if (tag, fold_key(text)) not in gone) for kind, texts in kinds.items()}
            if any(kept.values()):
                languages[tag] = {kind: texts for kind, texts in kept.items() if texts}
        if languages:
            yield replace(concept, labels=languages)


def _still_there(shared: Mapping[str, Iterable[str]], concepts: Iterable[DraftConcept]) -> dict[str, list[str]]:
    pairs = {(tag, fold_key(text)) for one in concepts for tag, kinds in one.labels.items() for texts in kinds.values() for text in texts}
    kept = {tag: [label for label in labels if (tag, fold_key(label)) in pairs] for tag, labels in shared.items()}
    return {tag: labels for tag, labels in kept.items() if labels}
