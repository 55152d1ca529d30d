"""Reads lines in which a label stands before its value without a colon: "Record created 2013-10-18, last modified 2023-01-25".

Only labels whose values have a shape of their own are read so: the dates of the record, and identifiers. A title that
happens to begin with "Language" is no statement of the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from normalizers.folding import fold
from normalizers.localedata import Locale
from normalizers.term_patterns import Term
from normalizers.terms import Hit, TermIndex, longest

_DATES = frozenset({"record_created", "record_modified"})
_NUMBERS = frozenset({"doi", "handle", "isbn", "issn", "pmid", "pmcid", "arxiv", "urn", "orcid"})
_EDGES = " \t\r\n:;,.·|-–—()[]"
_LONGEST_DATE = 40
_DIGIT = re.compile(r"\d")


class Phrase(Struct, frozen=True):
    """A label and its value, as they stand in the line."""

    key: str
    label: str
    value: str
    rule: str


class PhraseReader:
    """Reads phrases with the field labels of all locales."""

    def __init__(self, locales: Mapping[str, Locale]) -> None:
        self._terms = TermIndex(
            Term("fields", key, locale.tag, label.text)
            for locale in locales.values()
            for key, label in locale.labels("fields")
            if key in _DATES | _NUMBERS
        )

    def read(self, line: str) -> tuple[Phrase, ...]:
        """Read a line; empty unless the whole of it is made of labels and values that fit them."""
        if not _DIGIT.search(line):
            return ()
        folded = fold(line)
        hits = _one_a_place(list(longest(self._terms.find(folded.text))))
        if not hits:
            return ()
        spans = [folded.span(hit.start, hit.end) for hit in hits]
        gaps = _gaps(line, spans)
        values = gaps[1:] if not gaps[0] else gaps[:-1] if not gaps[-1] else []
        if len(values) != len(hits) or not all(_fits(hit.concept, value) for hit, value in zip(hits, values, strict=True)):
            return ()
        return tuple(
            Phrase(hit.concept, line[start:end], value, hit.rule) for hit, (start, end), value in zip(hits, spans, values, strict=True)
        )


def _gaps(line: str, spans: list[tuple[int, int]]) -> list[str]:
    """Give what stands before, between and after the labels."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(line)]
    return [line[start:end].strip(_EDGES) for start, end in zip(starts, ends, strict=True)]


def _one_a_place(hits: list[Hit]) -> list[Hit]:
    return list({(hit.start, hit.end): hit for hit in reversed(hits)}.values())[::-1]


def _fits(key: str, value: str) -> bool:
    if not _DIGIT.search(value):
        return False
    return len(value) <= _LONGEST_DATE if key in _DATES else len(value.split()) == 1
