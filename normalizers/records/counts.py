"""Reads counts of citations: "Web of Science: 51 citations, Scopus: 60 citations".

An index that is named without a number has no count: that is kept as such, and never taken for zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from normalizers.folding import fold
from normalizers.localedata import Locale
from normalizers.term_patterns import Term
from normalizers.terms import Hit, TermIndex, longest

_UNIT = "citation_count"
_BETWEEN = re.compile(r"[;|]|(?<!\d),|,(?!\d)")
_NUMBER = re.compile(r"(?<!\w)\d{1,3}(?:[., ]\d{3})+(?!\w)|(?<!\w)\d+(?!\w)")
_EDGES = " \t\r\n:;,.-()[]"
_LONGEST_NAME = 40
_LONGEST_REST = 12
_MOST_DIGITS = 15
"""Longer numbers count nothing, and Python refuses to read the longest."""


class Count(Struct, frozen=True):
    """What one index counts, as one piece of a text says.

    ``number`` is null where the text gives none. ``known`` tells whether the name is one of the locales' own.
    """

    start: int
    end: int
    index: str
    number: int | None
    known: bool = False


class CountReader:
    """Reads counts with the index names and the words for citations of all locales."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        indexes = [(key, label, locale) for locale in locales.values() for key, label in locale.labels("citation_indexes")]
        units = [(key, label, locale) for locale in locales.values() for key, label in locale.labels("fields") if key == _UNIT]
        self._terms = TermIndex(
            [
                *(Term("citation_indexes", key, locale.tag, label.text) for key, label, locale in indexes),
                *(Term("fields", key, locale.tag, label.text) for key, label, locale in units),
            ]
        )

    def read_line(self, text: str) -> tuple[Count, ...]:
        """Read a line without a label; empty unless every piece is a count, and one of them of an index that is known."""
        if not self._terms.find(fold(text).text):
            return ()
        counts = self.read(text)
        return counts if any(count.known and count.number is not None for count in counts) else ()

    def read(self, text: str) -> tuple[Count, ...]:
        """Read a text that is known to hold counts; empty unless every piece is one."""
        counts = []
        start = 0
        for cut_start, cut_end in [*(found.span() for found in _BETWEEN.finditer(text)), (len(text), len(text))]:
            piece = text[start:cut_start]
            if piece.strip(_EDGES):
                count = self._piece(piece, start)
                if count is None:
                    return ()
                counts.append(count)
            start = cut_end
        return tuple(counts)

    def canonical(self, name: str) -> str:
        """Give the usual name of an index; a name that no locale knows stays as it is written."""
        found = {hit.concept for hit in longest(self._terms.find(fold(name).text)) if hit.section == "citation_indexes"}
        return found.pop() if len(found) == 1 else name.strip()

    def _piece(self, piece: str, start: int) -> Count | None:
        folded = fold(piece)
        hits = list(longest(self._terms.find(folded.text)))
        named = [hit for hit in hits if hit.section == "citation_indexes"]
        rest = _without(folded.text, hits)
        numbers = _NUMBER.findall(rest)
        rest = _NUMBER.sub(" ", rest).strip(_EDGES)
        if len({hit.concept for hit in named}) > 1 or len(numbers) > 1 or len(rest) > (_LONGEST_REST if named else _LONGEST_NAME):
            return None
        if not named and len(hits) == 0 and not (numbers and not rest):
            return None
        digits = re.sub(r"\D", "", numbers[0]) if numbers else ""
        if len(digits) > _MOST_DIGITS:
            return None
        place = start + len(piece) - len(piece.lstrip())
        name = named[0].concept if named else _as_written(piece, rest)
        return Count(place, place + len(piece.strip()), name, int(digits) if digits else None, bool(named))


def _without(text: str, hits: list[Hit]) -> str:
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text


def _as_written(piece: str, rest: str) -> str:
    """Give the name of an index that no locale knows, in its own spelling."""
    folded = fold(piece)
    start = folded.text.find(rest) if rest else -1
    if start < 0:
        return ""
    begin, end = folded.span(start, start + len(rest))
    return piece[begin:end]
