"""The columns of ``docs/coverage.md`` that are to be whole, and the locales that are not there yet.

The list is strict both ways: a locale that reads less than all labels of a column must stand in it, and one that reads all must not. The
page itself is held to what is read today in ``test_reference_pages.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bulk.coverage import Kind


def _tags(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOT_YET: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Three locales have no names of countries for some ports.
        Kind.CC_NAME: _tags("kk tr vi"),
        # Locales without a lexicon; of those with one, sentences that are broken themselves (docs/limits.md).
        Kind.CONDITION: _tags("an ar bn br fy ga gl hy ia ka kk mi mt my nso os pt sq uz zu"),
        Kind.COMPOSED: _tags("an br fy ga ka mi mt nso sq zu"),
        # Labels that say "forbidden" or "ban" where "embargoed" or "restricted" is meant, and two that are misspelt.
        Kind.ACCESS: _tags("ka kk mr or pt-BR ta zh-Hans"),
        Kind.STATEMENT: frozenset(),
        # Labels that another language uses for another type, and COAR's own slips (tests/cases/coar_errata).
        Kind.RESOURCE_TYPE: frozenset(
            [
                "ar",
                "az",
                "ca",
                "cs",
                "da",
                "de",
                "el",
                "en",
                "es",
                "fi",
                "fr",
                "gl",
                "it",
                "ja",
                "nl",
                "pt",
                "ro",
                "ru",
                "sl",
                "sr-Latn",
                "sv",
                "tr",
                "uk",
                "zh-Hans",
            ]
        ),
        # "Preprint" is the submitted manuscript in these three and the author's original in the others.
        Kind.VERSION: _tags("es fr nl"),
    }
)
_SHARE = re.compile(r"\((\d+)/(\d+)\)")


def read_page(path: Path) -> list[dict[str, str]]:
    """Read the table of the page: a row for each locale, by the names of the columns."""
    lines = [line.strip().strip("|").split("|") for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    names, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows if row[0] != "all"]


def is_whole(cell: str) -> bool:
    """Tell whether a share is that of all labels; a column without a label for the locale is."""
    found = _SHARE.search(cell)
    return found is None or found[1] == found[2]


def test_each_column_of_the_page_is_whole_but_for_the_locales_that_are_listed(checkout: Path) -> None:
    rows = read_page(checkout / "docs" / "coverage.md")
    missing = {str(kind): frozenset(row["locale"] for row in rows if not is_whole(row[kind])) for kind in Kind}
    assert missing == {str(kind): NOT_YET[kind] for kind in Kind}


def test_a_share_that_lacks_one_is_not_whole() -> None:
    assert [is_whole(cell) for cell in ("99 % (599/600)", "100 % (600/600)", "–")] == [False, True, True]
