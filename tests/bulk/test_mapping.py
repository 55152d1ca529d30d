"""A user's own names of fields: in tables, JSON, pages and schemas, and what is said of a faulty file before anything is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bulk.exits import Exit
from normalizers import MappingFileError, Registry, build_registry
from normalizers.records.own_names import load_own_names
from tests.case_files import read_cases
from tests.locale_folders import few_locales, few_names

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

MAPPING = """
fields:
  Qui l'a fait: creator
  Titre principal: title
  Titre anglais: title@en
  biblio.parution: date_issued
  Statut: access_right
  Title: unused
  ris/JOUR/JA: alternative_title
  mood: note
"""
CASES = [entry.parameter(entry.case, name=entry.case["name"]) for entry in read_cases("mapping")]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mapping") / "names.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the locales that these records speak, and few others."""
    return few_locales(tmp_path_factory.mktemp("locales"), "root", "en", "fr")


@pytest.fixture(scope="module")
def mapped(names: Path, words: Path, cache: Path) -> Registry:
    with few_names():
        return build_registry(words, mapping=names, cache=cache)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_with_its_line_and_what_was_meant(case: dict[str, Any]) -> None:
    with pytest.raises(MappingFileError) as raised:
        load_own_names(case["content"], "names.yaml")
    told = [str(fault).removeprefix("names.yaml:") for fault in raised.value.faults]
    if isinstance(case["faults"][0], int):
        assert [fault.line for fault in raised.value.faults] == case["faults"]
    else:
        assert len(told) == len(case["faults"])
        assert all(fault.startswith(expected) for fault, expected in zip(told, case["faults"], strict=True)), told


def test_own_names_fill_fields(mapped: Registry) -> None:
    record = {
        "TITRE PRINCIPAL": "Le blé",
        "Titre anglais": "Wheat",
        "Qui l'a fait": ["Doe, Jane"],
        "biblio": {"parution": "2019", "tome": 3},
        "Statut": "open access",
        "Title": "not meant",
        "Langue": "fr",
    }
    answer = mapped.normalize_record(json.dumps(record), format="json")
    assert answer["metadata"]["title"] == "Le blé"
    assert answer["metadata"]["other_titles"] == [{"text": "Wheat", "language": "en"}]
    assert answer["metadata"]["creators"][0]["family"] == "Doe"
    assert answer["metadata"]["dates"] == {"issued": "2019"}
    assert answer["metadata"]["languages"] == ["fr"]
    assert answer["metadata"]["rights"]["access"]["label"] == "open access"
    left = {(entry["source"]["name"], entry["text"], entry["reason"]) for entry in answer["unparsed"]}
    assert left == {("Title", "not meant", "not_used"), ("biblio.tome", "3", "unknown_label")}


def test_own_names_label_the_lines_of_pages(mapped: Registry) -> None:
    answer = mapped.normalize_record("Titre principal: Le blé\nTitle: not meant\nQui l'a fait: Doe, Jane\n", format="text")
    assert answer["metadata"]["title"] == "Le blé"
    assert answer["metadata"]["creators"][0]["family"] == "Doe"
    assert [(entry["text"], entry["reason"]) for entry in answer["unparsed"]] == [("not meant", "not_used")]


def test_own_names_are_asked_where_a_schema_knows_none(mapped: Registry) -> None:
    answer = mapped.normalize_record("TY  - JOUR\nTI  - Wheat\nJA  - Wh.\nER  - \n", format="ris")
    assert answer["metadata"]["other_titles"] == [{"text": "Wh."}]
    answer = mapped.normalize_record("@misc{a, title = {Wheat}, mood = {good}}", format="bibtex")
    assert answer["metadata"]["notes"] == [{"text": "good"}]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_the_command_takes_a_mapping(drets: Drets, names: Path, words: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Titre principal;Qui l'a fait\nLe blé;Doe, Jane\n", encoding="utf-8")
    outcome = drets("normalize", tmp_path / "in.csv", "--locales", words, "--mapping", names)
    assert outcome.exit_code == Exit.DONE
    assert json.loads(outcome.stdout)["metadata"]["title"] == "Le blé"


def test_a_faulty_mapping_stops_the_command_before_anything_is_read(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("fields:\n  Titre: titel\n", encoding="utf-8")
    outcome = drets("normalize", "--mapping", tmp_path / "names.yaml", given="{}")
    assert outcome.exit_code == Exit.FAILED
    assert "names.yaml:2: fields.Titre: 'titel' is no field of a record; did you mean 'title'?" in outcome.stderr
    assert outcome.stdout == ""


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_a_change_of_the_mapping_is_seen_through_the_cache(tmp_path: Path) -> None:
    names, cache, words = tmp_path / "names.yaml", tmp_path / "cache", few_locales(tmp_path / "locales")
    for field in ("title", "note"):
        names.write_text(f"fields:\n  Etwas: {field}\n", encoding="utf-8")
        registry = build_registry(words, cache=cache, mapping=names)
        assert (registry.normalize_record('{"Etwas": "x"}', format="json")["metadata"].get("title") == "x") is (field == "title")
