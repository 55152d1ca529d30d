"""Reads which version of a publication a text states, as a COAR version type.

The terms follow NISO RP-8-2008 (Journal Article Versions) and COAR Version Types 1.1. Words for an author's own text that do not say
whether it was sent to a publisher (draft, preprint) are read as *author's original*.
"""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.facets import FacetIndex, read_one_facet
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Result
from normalizers.vocabularies import Vocabulary


class VersionReader:
    """Reads texts of the field ``version``; ``facets`` is the shared index, built from the same data if it is not given."""

    field = "version"

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], facets: FacetIndex | None = None) -> None:
        self._facets = facets or FacetIndex(locales, vocabularies)
        self._vocabulary = vocabularies["coar-version-types"]

    def read(self, query: Query) -> Result:
        """Answer the version a text states; ``none`` if it states only a type, a genre or a review status."""
        return read_one_facet(query, self._facets, "versions", self._vocabulary)
