"""`drets locales`: the files of the languages, for those who write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bulk.coverage import measure_coverage
from bulk.exits import Exit
from normalizers import Registry
from normalizers.localedata import Locale, load_sections
from normalizers.strict_yaml import parse_yaml
from normalizers.vocabularies import Vocabulary, load_vocabularies
from tests.locale_folders import few_locales

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets

HEAD = "locale: xx\nname: Invented\nsources: [a test]\n"


def folder_with(tmp_path: Path, name: str, content: str) -> Path:
    """Copy some of the embedded locales, and put one more beside them."""
    folder = few_locales(tmp_path / "locales")
    (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_embedded_locales_are_sound(drets: Drets, registry: Registry) -> None:
    run = drets("locales", "check")
    assert run.stdout == ""
    assert run.exit_code == Exit.DONE
    assert all(tag in run.stderr for tag in registry.locales)


def test_every_fault_is_a_line_with_its_place(drets: Drets, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "xx.yaml", HEAD + "fields:\n  title: Titre\n  nonsense: [a]\n  creator: [a, a]\n")
    run = drets("locales", "check", folder)
    assert run.exit_code == Exit.FAULTY
    lines = run.stdout.splitlines()
    assert len(lines) >= 2
    assert all(re.match(r"xx\.yaml:\d+: fields\.\S+: .+", line) for line in lines)
    assert [line for line in lines if line.startswith("xx.yaml:6: fields.nonsense: ")]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_an_example_that_is_not_read_as_it_says_is_a_fault(drets: Drets, tmp_path: Path) -> None:
    examples = (
        "examples:\n  - {text: CC BY 4.0, reads: [https://creativecommons.org/licenses/by/4.0/]}\n  - {text: CC BY 4.0, reads: none}\n"
    )
    run = drets("locales", "check", folder_with(tmp_path, "xx.yaml", HEAD + examples))
    assert run.exit_code == Exit.FAULTY
    (fault,) = [line for line in run.stdout.splitlines() if line.startswith("xx.yaml")]
    assert fault.startswith("xx.yaml:6: examples.1: ")


def test_a_folder_without_locales_is_faulty(drets: Drets, tmp_path: Path) -> None:
    run = drets("locales", "check", tmp_path)
    assert run.exit_code == Exit.FAULTY
    assert "no locale file" in run.stdout


def test_coverage_counts_keys_and_names_the_missing_ones(drets: Drets, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "xx.yaml", HEAD + "peer_review:\n  peer reviewed: [one, two]\n")
    run = drets("locales", "coverage", "xx", "--locales", folder, "--json")
    rows = {row["section"]: row for row in map(json.loads, run.stdout.splitlines())}
    assert rows["peer_review"] == {
        "locale": "xx",
        "section": "peer_review",
        "present": 1,
        "labels": 2,
        "expected": 2,
        "missing": ["not peer reviewed"],
    }
    assert rows["languages"]["expected"] is None
    assert "not peer reviewed" in drets("locales", "coverage", "xx", "--locales", folder).stdout


def test_coverage_of_all_has_a_row_for_each(drets: Drets, registry: Registry) -> None:
    run = drets("locales", "coverage")
    assert [line.split()[0] for line in run.stdout.splitlines()[1:]] == list(registry.locales)


def test_no_locale_says_more_than_there_is(locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]) -> None:
    rows = list(measure_coverage(locales.values(), load_sections(vocabularies)))
    assert rows
    assert all(row.present + len(row.missing) == row.expected for row in rows if row.expected is not None)


def test_coverage_of_an_unknown_locale_is_refused(drets: Drets, tmp_path: Path) -> None:
    assert (
        drets("locales", "coverage", "xx", "--locales", folder_with(tmp_path, "yy.yaml", HEAD.replace("xx", "yy"))).exit_code == Exit.USAGE
    )


def test_a_new_locale_lacks_only_its_sources(drets: Drets, tmp_path: Path) -> None:
    run = drets("locales", "new", "eu")
    assert run.exit_code == Exit.DONE
    check = drets("locales", "check", folder_with(tmp_path, "eu.yaml", run.stdout))
    assert [line.split(":")[2].strip() for line in check.stdout.splitlines()] == ["sources"]


def test_every_line_of_the_template_can_be_uncommented(drets: Drets) -> None:
    sections = load_sections(load_vocabularies())
    template = drets("locales", "new", "eu").stdout
    filled = re.sub(r"^# ( *[^#\n]*(?:\[\]|: *)(?: *#.*)?)$", r"\1", template, flags=re.MULTILINE)
    document = parse_yaml(filled, "eu.yaml")
    assert document.faults == ()
    for name, definition in sections.items():
        assert document.content[name] == {key: [] for key in definition.keys or ("key",)}
    assert len(document.content["months"]) == 12


@pytest.mark.parametrize("tag", ["iw", "pt-br", "xx-yy-zz-1", "english", "../en", "a" * 1000])
def test_what_is_no_usual_tag_is_refused(drets: Drets, tag: str) -> None:
    run = drets("locales", "new", tag)
    assert (run.exit_code, run.stdout) == (Exit.USAGE, "")


def test_a_file_that_is_there_is_not_written_over(drets: Drets, tmp_path: Path) -> None:
    (tmp_path / "eu.yaml").write_text("work of weeks")
    assert drets("locales", "new", "eu", "-o", tmp_path / "eu.yaml").exit_code == Exit.USAGE
    assert (tmp_path / "eu.yaml").read_text() == "work of weeks"


def test_vocabularies_are_listed_with_their_versions(drets: Drets, registry: Registry) -> None:
    rows = [json.loads(line) for line in drets("vocabularies", "list", "--json").stdout.splitlines()]
    assert {row["name"]: row["version"] for row in rows} == {name: value for name, value in registry.versions.items() if name != "drets"}
    shown = drets("vocabularies", "list").stdout
    assert all(row["name"] in shown and row["license"] in shown for row in rows)
