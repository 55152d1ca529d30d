"""COAR's own labels, those of former releases too: right, or honestly in doubt, save for a list of errata that says why."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from normalizers import Registry
from normalizers.folding import fold_key

TABLES = {"resource_type": "coar_resource_types.tsv", "version": "coar_version_types.tsv", "access_right": "coar_access_rights.tsv"}
ERRATA = yaml.safe_load((Path(__file__).parents[1] / "cases" / "coar_errata" / "resource_type.yaml").read_text(encoding="utf-8"))
ERRANT = {(item["lang"], item["label"].casefold(), item["concept"]) for item in ERRATA}
RIGHT = {True: 98.5, False: 97.5}


@dataclass(frozen=True)
class Label:
    """A label of the table; ``named`` are the concepts that COAR gives or gave it to in its language, ``anywhere`` those in all languages."""

    lang: str
    text: str
    concept: str
    key: str
    is_former: bool
    named: frozenset[str]
    anywhere: frozenset[str]


@pytest.fixture(scope="module")
def labels(registry: Registry, shared: Path) -> Mapping[str, tuple[Label, ...]]:
    vocabularies = {"resource_type": "coar-resource-types", "version": "coar-version-types", "access_right": "coar-access-rights"}
    keys = {field: registry.vocabularies[name].by_identifier for field, name in vocabularies.items()}
    return {
        field: tuple(_labels(_rows(shared / "reference" / table), {uri: concept.key for uri, concept in keys[field].items()}))
        for field, table in TABLES.items()
    }


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _labels(rows: list[dict[str, str]], keys: Mapping[str, str]) -> Iterator[Label]:
    named = defaultdict(set)
    for row in rows:
        for lang in (row["lang"], None):
            named[lang, fold_key(row["label"])].add(row["uri"])
    for row in rows:
        concepts = (frozenset(named[lang, fold_key(row["label"])]) for lang in (row["lang"], None))
        yield Label(row["lang"], row["label"], row["uri"], keys[row["uri"]], row["label_kind"].startswith("former"), *concepts)


def judge(answer: Any, label: Label, *, is_shared: bool) -> str:
    """Tell whether a label is read as COAR has it; offered as a candidate, where COAR shares it out or we do; an erratum; or wrong."""
    if answer.identifiers == (label.concept,):
        return "right"
    if (label.lang, label.text.casefold(), label.key) in ERRANT:
        return "erratum"
    if label.concept in {candidate.identifier for candidate in answer.candidates}:
        return "shared" if is_shared else "offered"
    return "wrong"


@pytest.mark.parametrize("field", TABLES)
@pytest.mark.parametrize("with_locale", [True, False])
def test_labels_are_read_right_or_offered(
    field: str, *, with_locale: bool, registry: Registry, labels: Mapping[str, tuple[Label, ...]]
) -> None:
    outcomes: Counter[str] = Counter()
    wrong = []
    for label in labels[field]:
        answer = registry.normalize_uncached(field, label.text, locale=label.lang if with_locale else None)
        outcome = judge(answer, label, is_shared=len(label.named if with_locale else label.anywhere) > 1)
        outcomes[outcome] += 1
        if outcome == "wrong":
            wrong.append((label.lang, label.text, label.key, answer.identifiers, answer.status))
    plain = sum(outcomes.values()) - outcomes["shared"] - outcomes["erratum"]

    assert wrong == []
    assert 100 * outcomes["right"] / plain >= RIGHT[with_locale], outcomes


def test_every_erratum_is_one(registry: Registry, labels: Mapping[str, tuple[Label, ...]], shared: Path) -> None:
    """It is in the table, is read as the list says, and is withdrawn or stands elsewhere where the list says so."""
    types = registry.vocabularies["coar-resource-types"].concepts
    elsewhere = {
        (row["source"], row["lang"].split("-")[0], row["label"].casefold(), row["coar_uri"])
        for row in _rows(shared / "reference" / "document_type_labels.tsv")
    }
    is_former = {(label.lang, label.text.casefold(), label.key): label.is_former for label in labels["resource_type"]}
    for item in ERRATA:
        answer = registry.normalize_uncached("resource_type", item["label"], locale=item["lang"])
        assert (answer.details["label"] if answer.identifiers else answer.status) == item["reads"], item
        assert is_former[item["lang"], item["label"].casefold(), item["concept"]] == ("withdrawn after" in item), item
        for source in item.get("elsewhere", ()):
            assert (source, item["lang"], item["label"].casefold(), types[item["reads"]].identifier) in elsewhere, item


def test_concepts_and_tree_are_coars(registry: Registry, shared: Path) -> None:
    types = registry.vocabularies["coar-resource-types"]
    rows = [row for row in _rows(shared / "reference" / TABLES["resource_type"]) if row["label_kind"] == "pref"]
    assert {row["uri"] for row in rows if row["lang"] == "en"} == set(types.by_identifier)
    for row in rows:
        concept = types.by_identifier[row["uri"]]
        assert {types.concepts[key].identifier for key in concept.broader} == set(row["broader"].split())
        assert ("deprecated" in concept.properties) == (row["deprecated"] == "yes")
