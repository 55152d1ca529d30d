"""Reads citations: in which journal or book a work appeared, with volume, issue, article number, pages and date.

A citation is made of parts that words announce ("Vol. 14", "núm. 3", "pp. 1-9"); the words come from the locales.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.localedata import Locale
from normalizers.reading import Reader
from normalizers.results import Evidence, Issue
from normalizers.terms import Term, TermIndex


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation; null where it does not state one.

    ``pages`` is a page or a range of pages with a hyphen ("1-9"). ``date`` is an EDTF date. ``issn``, ``isbn`` and ``doi`` are
    checked. ``evidence`` quotes the span of the text that each part was read from (its ``rule`` ends in the name of the part, as
    in "ca:volume"). ``leftover`` is the text that no part was read from.
    """

    text: str
    title: str | None = None
    volume: str | None = None
    issue: str | None = None
    article: str | None = None
    pages: str | None = None
    date: str | None = None
    issn: str | None = None
    isbn: str | None = None
    doi: str | None = None
    evidence: tuple[Evidence, ...] = ()
    leftover: str = ""
    issues: tuple[Issue, ...] = ()


class CitationReader:
    """Reads citations with the words of all locales; ``dates`` reads what stands for a date in them."""

    def __init__(self, locales: Mapping[str, Locale], dates: Reader) -> None:
        self._dates = dates
        self._terms = TermIndex(
            Term("citation_parts", concept, locale.tag, label.text)
            for locale in locales.values()
            for concept, label in locale.labels("citation_parts")
        )

    def read(self, text: str, locale: str | None = None) -> Citation:
        """Read one citation."""
        return Citation(text, leftover=text.strip())
