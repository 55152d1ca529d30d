"""Reads extents: how many pages a work has, and how large its file is ("9 p, 3.2 MB")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.localedata import LabelIndex, Locale
from normalizers.results import Evidence


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a file as it is stated; ``unit`` is a byte unit in its usual spelling (B, kB, MB, GB, TB, MiB ...).

    No number of bytes is worked out: the sources do not say whether their MB has 1,000,000 or 1,048,576.
    """

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Extent:
    """What an extent states. ``leftover`` is the text that no part was read from, without the punctuation around it."""

    text: str
    pages: int | None = None
    size: Size | None = None
    evidence: tuple[Evidence, ...] = ()
    leftover: str = ""


_UNITS = {unit.casefold(): unit for unit in ("B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB")} | {
    unit: name
    for name, units in {
        "B": ("byte", "bytes", "octet", "octets"),
        "kB": ("ko", "kbyte", "kbytes"),
        "MB": ("mo", "mbyte", "mbytes"),
        "GB": ("go",),
    }.items()
    for unit in units
}
_SIZE = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\w.,-])(\d{1,3}(?:[.,]\d{3})+|\d+)\s*")
_WORD = re.compile(r"[^\W\d]+\.?")
_EDGES = " \t\r\n,;:.()[]"


class ExtentReader:
    """Reads extents with the page words of all locales."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._parts = LabelIndex.build(locales.values(), "citation_parts")

    def read(self, text: str) -> Extent:
        """Read the pages and the size that a text states."""
        size, evidence = None, []
        found = _SIZE.search(text)
        if found:
            size = Size(float(found[1].replace(",", ".")), _UNITS[found[2].casefold()])
            evidence.append(Evidence(*found.span(), found[0], "size", f"{size.value:g} {size.unit}"))
        pages, read = self._pages(text)
        if read:
            evidence.append(read)
        evidence.sort(key=lambda item: item.start)
        return Extent(text, pages, size, tuple(evidence), _leftover(text, evidence))

    def _pages(self, text: str) -> tuple[int | None, Evidence | None]:
        for count in _COUNT.finditer(text):
            word = _WORD.match(text, count.end())
            entries = self._parts.lookup(word[0]) if word else ()
            for entry in entries:
                if word and entry.concept in {"pages_count", "pages"}:
                    number = int(re.sub(r"\D", "", count[1]))
                    end = word.end()
                    return number, Evidence(count.start(), end, text[count.start() : end], f"{entry.locale}:pages_count", str(number))
        return None, None


def _leftover(text: str, evidence: list[Evidence]) -> str:
    rest, position = [], 0
    for item in evidence:
        rest.append(text[position : item.start].strip(_EDGES))
        position = item.end
    rest.append(text[position:].strip(_EDGES))
    return " ".join(filter(None, rest))
