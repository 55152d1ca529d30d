"""Reads extents: how many pages and volumes a work has, and how large its file is ("9 p, 3.2 MB")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from normalizers.localedata import Locale
from normalizers.results import Evidence
from normalizers.wording import PhraseIndex, group_by_phrase, split_pieces


class Size(Struct, frozen=True):
    """The size of a file as it is stated; ``unit`` is a key of the section ``size_units`` (B, kB, MB, KiB ...).

    No number of bytes is worked out: the sources do not say whether their MB has 1,000,000 or 1,048,576.
    """

    value: float
    unit: str


class Extent(Struct, frozen=True):
    """What an extent states. ``leftover`` is the text that no part was read from, without the punctuation around it."""

    text: str
    pages: int | None = None
    volumes: int | None = None
    size: Size | None = None
    evidence: tuple[Evidence, ...] = ()
    leftover: str = ""


class _Unit(Struct, frozen=True):
    section: str
    key: str
    locale: str

    @property
    def rule(self) -> str:
        return f"{self.locale}:{self.section}.{self.key}"


_NUMBER_BEFORE = re.compile(r"(?<![\d.,-])(?P<number>\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?)\s?$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+")
_VOLUMES = range(1, 1000)
"""Numbers of volumes; a larger one is a year, which some languages name by the word for volume."""

_EDGES = " \t\r\n,;:.()[]"
_COUNTED = MappingProxyType({"pages_count": "pages", "pages": "pages", "volumes_count": "volumes", "volume": "volumes"})
"""What the words of citations count in an extent."""


class ExtentReader:
    """Reads extents with the words for pages and units of all locales. The number stands before the word."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        words = group_by_phrase(
            (label.text.replace("#", " "), _Unit(section, key, locale.tag))
            for locale in locales.values()
            for section in ("citation_parts", "size_units")
            for key, label in locale.labels(section)
            if section == "size_units" or key in _COUNTED
        )
        self._words = PhraseIndex({key: units[0] for key, units in words.items()})

    def read(self, text: str) -> Extent:
        """Read the pages, the volumes and the size that a text states, each where it is stated first."""
        counts: dict[str, int] = {}
        size: Size | None = None
        evidence: list[Evidence] = []
        pieces = split_pieces(text)
        for index, after, unit in self._words.walk(pieces):
            number = _NUMBER_BEFORE.search(text, 0, pieces[index].start) if unit else None
            if unit is None or number is None:
                continue
            shown, counted = "", _COUNTED.get(unit.key)
            if counted is None and size is None:
                value = _value(number["number"], whole=unit.key == "B")
                size = Size(value, unit.key) if value is not None else None
                shown = f"{size.value:g} {size.unit}" if size else ""
            elif counted and counted not in counts and (whole := _value(number["number"], whole=True)) is not None:
                if counted == "volumes" and whole not in _VOLUMES:
                    continue
                counts[counted] = int(whole)
                shown = str(counts[counted]) if counted == "pages" else f"{counts[counted]} {counted}"
            if shown:
                start, end = number.start(), pieces[after - 1].end
                evidence.append(Evidence(start, end, text[start:end], unit.rule, shown))
        return Extent(text, counts.get("pages"), counts.get("volumes"), size, tuple(evidence), _leftover(text, evidence))


def _value(number: str, *, whole: bool) -> float | None:
    """Read a number; one such as "1.024" is a thousand only where a fraction makes no sense, and else is not decided."""
    if _GROUPED.fullmatch(number):
        return float(re.sub(r"\D", "", number)) if whole else None
    plain = number.replace(",", ".")
    return float(plain) if re.fullmatch(r"\d{1,15}" if whole else r"\d{1,15}(?:\.\d+)?", plain) else None


def _leftover(text: str, evidence: list[Evidence]) -> str:
    rest, position = [], 0
    for item in evidence:
        rest.append(text[position : item.start].strip(_EDGES))
        position = item.end
    rest.append(text[position:].strip(_EDGES))
    return " ".join(filter(None, rest))
