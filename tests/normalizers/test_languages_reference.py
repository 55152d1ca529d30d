"""The reader held against a hundred and sixty thousand names of others: how many it reads right, and which mistakes are theirs."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from normalizers import Registry
from normalizers.folding import fold_key

ERRATUM = re.compile(
    r"^\| `(?P<lang>[\w-]+)` \| (?P<label>.+?) \| `(?P<stated>[\w-]+)` \| `(?P<means>[\w-]+)` \| (?P<proof>.+?) \|$", re.MULTILINE
)
EVERY = 7
"""One name in seven, so that the check takes seconds; a prime, so that no display language or tag falls through."""


@pytest.fixture(scope="module")
def reference(shared: Path) -> list[dict[str, str]]:
    table = shared / "reference" / "language_names.tsv"
    if not table.is_file():
        pytest.skip("the folder of reference values has no language_names.tsv")
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.slow
@pytest.mark.parametrize(("with_locale", "right", "wrong"), [(True, 97.3, 0.10), (False, 97.0, 0.22)])
def test_names_are_read_right(registry: Registry, reference: list[dict[str, str]], with_locale: bool, right: float, wrong: float) -> None:  # noqa: FBT001
    accepted: dict[tuple[str, str], set[str]] = {}
    for row in reference:
        accepted.setdefault((row["lang"], row["label"].casefold()), set()).add(row["tag"])
    outcomes: Counter[str] = Counter()
    for row in reference[::EVERY]:
        result = registry.normalize_uncached("language", row["label"], locale=row["lang"] if with_locale else None)
        is_right = len(result.identifiers) == 1 and result.identifiers[0] in accepted[row["lang"], row["label"].casefold()]
        outcomes["right" if is_right else "wrong" if result.identifiers else "abstained"] += 1
    total = sum(outcomes.values())

    assert 100 * outcomes["right"] / total >= right, outcomes
    assert 100 * outcomes["wrong"] / total <= wrong, outcomes


def test_the_mistakes_listed_in_the_documentation_are_in_the_table_and_not_repeated(
    registry: Registry, reference: list[dict[str, str]], checkout: Path
) -> None:
    """A mistake is proved by the table itself: a better source has the label for another language, and another label for the one stated."""
    stated = {(row["lang"], row["label"], row["tag"]) for row in reference}
    named = {(row["lang"], fold_key(row["label"]), row["tag"]) for row in reference if "cldr" in row["source"] or "eu-op" in row["source"]}
    errata = list(ERRATUM.finditer((checkout / "docs" / "fields" / "language-errata.md").read_text(encoding="utf-8")))

    assert len(errata) > 40
    for entry in errata:
        assert (entry["lang"], entry["label"], entry["stated"]) in stated
        assert (entry["lang"], fold_key(entry["label"]), entry["means"]) in named
        assert (entry["lang"], fold_key(entry["proof"]), entry["stated"]) in named
        assert registry.normalize_uncached("language", entry["label"], locale=entry["lang"]).identifiers == (entry["means"],)
