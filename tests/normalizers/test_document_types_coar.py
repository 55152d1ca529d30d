"""COAR's own labels, read in their languages: all right or honestly ambiguous, save for a list of errata that says why."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from normalizers import Registry

TABLES = {"resource_type": "coar_resource_types.tsv", "version": "coar_version_types.tsv"}
SECTIONS = {"resource_type": "resource_types", "version": "versions"}
ERRATA = Path(__file__).parents[1] / "cases" / "coar_errata" / "resource_type.yaml"
LOCALES = Path(__file__).parents[2] / "locales"


@dataclass(frozen=True)
class Label:
    text: str
    concept: str


@cache
def read_labels(table: Path) -> Mapping[str, list[Label]]:
    """The labels of the current release by language; without those of former releases."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["label_kind"] in {"pref", "alt"}]
    found = defaultdict(list)
    for row in rows:
        found[row["lang"]].append(Label(row["label"], row["uri"]))
    return found


def languages_with(section: str) -> set[str]:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in LOCALES.glob("*.yaml")}
    return {tag.removesuffix("-Hans").removesuffix("-Hant") for tag, text in texts.items() if f"\n{section}:\n" in text} - {"root"}


COVERED = [(field, tag) for field, section in SECTIONS.items() for tag in sorted(languages_with(section))]


@pytest.mark.parametrize(("field", "tag"), COVERED)
def test_labels_of_a_language(field: str, tag: str, registry: Registry, shared: Path) -> None:
    labels = read_labels(shared / "reference" / TABLES[field]).get(tag, [])
    if not labels:
        pytest.skip(f"COAR has no {field} labels in {tag}")
    errata = {(item["lang"], item["label"].casefold()) for item in yaml.safe_load(ERRATA.read_text(encoding="utf-8"))}
    named = defaultdict(set)
    for label in labels:
        named[label.text.casefold()].add(label.concept)
    faults = [
        (label.text, label.concept, answer)
        for label in labels
        if (tag, label.text.casefold()) not in errata
        for answer in (registry.normalize_uncached(field, label.text, locale=tag),)
        if not is_fair(answer, label, named[label.text.casefold()])
    ]
    assert faults == []


def is_fair(answer: Any, label: Label, named: set[str]) -> bool:
    """Right, or one of the concepts that COAR itself gives the label to, or ambiguous with COAR's concept among the candidates."""
    if answer.identifiers:
        return set(answer.identifiers) <= named
    return label.concept in {candidate.identifier for candidate in answer.candidates}


def test_every_erratum_is_one(registry: Registry, shared: Path) -> None:
    labels = read_labels(shared / "reference" / TABLES["resource_type"])
    types = registry.vocabularies["coar-resource-types"].concepts
    for item in yaml.safe_load(ERRATA.read_text(encoding="utf-8")):
        assert types[item["concept"]].identifier in {
            label.concept for label in labels[item["lang"]] if label.text.casefold() == item["label"].casefold()
        }


def test_concepts_and_tree_are_coars(registry: Registry, shared: Path) -> None:
    types = registry.vocabularies["coar-resource-types"]
    with (shared / "reference" / TABLES["resource_type"]).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row["label_kind"] == "pref"]
    assert {row["uri"] for row in rows if row["lang"] == "en"} == set(types.by_identifier)
    for row in rows:
        concept = types.by_identifier[row["uri"]]
        assert {types.concepts[key].identifier for key in concept.broader} == set(row["broader"].split())
        assert ("deprecated" in concept.properties) == (row["deprecated"] == "yes")
