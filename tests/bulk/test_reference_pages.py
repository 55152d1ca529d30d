"""Pages that count how the reference tables are read: their counts are those of today. Skipped where the tables are not there.

Both read the titles of Creative Commons, tens of thousands of them; from one file they do so in one process, which keeps the answers.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bulk.coverage import load_reference, render_page_with_reference
from bulk.coverage.reading import Outcome, read_labels
from bulk.coverage.reference import Kind
from normalizers import Registry
from normalizers.localedata import Locale, load_sections
from normalizers.vocabularies import Vocabulary
from tests.bulk.test_coverage import COMMAND, STALE

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "fields" / "rights-titles.md"
AT_LEAST = 1_000
FAULTY_DEEDS = Counter(
    {
        ("deed conditions", "ar"): 1,
        ("deed conditions", "bn"): 1,
        ("deed conditions", "gl"): 1,
        ("deed conditions", "pt-PT"): 1,
    }
)
"""Sentences that are broken themselves: machine-made without the permission, a stray sign in the negation, cut off, "license" for "credit"."""

LIMITS = PAGE.parents[1] / "limits.md"
_SPECIAL = {"certification": "certification", "devnations": "Developing Nations"}


@pytest.fixture
def reference(shared: Path) -> Path:
    """Folder of the tables."""
    folder = shared / "reference"
    if not folder.is_dir():
        pytest.skip("the folder of reference values has no reference tables")
    return folder


def test_the_page_of_coverage_says_what_is_read_right(
    checkout: Path, reference: Path, registry: Registry, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary]
) -> None:
    labels = load_reference(reference)
    page = render_page_with_reference(locales.values(), load_sections(vocabularies), command=COMMAND, registry=registry, labels=labels)
    assert (checkout / "docs" / "coverage.md").read_text(encoding="utf-8") == page, STALE


def test_the_deeds_of_all_languages_with_a_lexicon_are_read(reference: Path, registry: Registry, locales: Mapping[str, Locale]) -> None:
    labels = [label for label in load_reference(reference) if label.kind in {Kind.CONDITION, Kind.COMPOSED}]
    readings = [reading for reading in read_labels(registry, labels) if locales[reading.locale].sections.get("lexicon")]
    unread = Counter((str(item.label.kind), item.label.language) for item in readings if item.outcome is not Outcome.RIGHT)
    assert len(readings) > AT_LEAST
    assert unread == FAULTY_DEEDS


def test_what_the_statements_are_explained_by_is_read_to_them(reference: Path, registry: Registry) -> None:
    with (reference / "rights_statements.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["kind"] == "statement"]
    texts = [(row[column], row["uri"]) for row in rows for column in ("description", "definition") if row[column]]
    right = sum(registry.normalize("rights_statement", text).identifiers == (uri,) for text, uri in texts)
    assert f"{len(texts)} descriptions and definitions that" in LIMITS.read_text(encoding="utf-8")
    assert f"14 languages, {right} are" in LIMITS.read_text(encoding="utf-8")


def test_the_page_counts_the_titles_that_are_not_read_as_the_table_says(reference: Path, registry: Registry) -> None:
    with (reference / "cc_license_names.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    titles: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        titles.setdefault((row["lang"], row["title"]), []).append(row)

    missed = Counter(kind_of(meant[0]) for (_, title), meant in titles.items() if not is_read(registry, title, meant))

    assert missed == stated_counts()
    assert f"{len(titles):,} titles" in PAGE.read_text(encoding="utf-8")


def is_read(registry: Registry, title: str, meant: list[Mapping[str, str]]) -> bool:
    found = registry.normalize("license", f"Creative Commons {title}").identifiers
    return not {address(row) for row in meant}.isdisjoint(found)


def address(row: Mapping[str, str]) -> str:
    unit, version, port = row["unit"], row["version"], row["jurisdiction"]
    room = "publicdomain" if unit in {"zero", "mark", "certification"} else "licenses"
    return "/".join(["https://creativecommons.org", room, unit, version, *([port] if port else []), ""])


def kind_of(row: Mapping[str, str]) -> str:
    if row["unit"] in _SPECIAL:
        return _SPECIAL[row["unit"]]
    if "sampling" in row["unit"]:
        return "Sampling"
    if row["unit"] in {"by-nd-nc", "by-nc-nd"} and (row["version"], row["jurisdiction"]) == ("2.0", "jp"):
        return "Japan 2.0"
    if row["suspect"]:
        return "doubted"
    return "incomplete" if is_incomplete(row) else row["lang"]


def is_incomplete(row: Mapping[str, str]) -> bool:
    """Tell whether a title lacks its version, or its country where it is a port's."""
    _, version, rest = row["title"].translate({ord("٫"): "."}).rpartition(row["version"])
    named = f"country.{row['jurisdiction']}" not in row["title"] and any(map(str.isalpha, rest))
    return not version or (bool(row["jurisdiction"]) and not named)


def stated_counts() -> Counter[str]:
    lines = re.findall(r"^\| ([^|]+?) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return Counter({kind: int(count) for kind, count in lines})
