"""Reads whether a text says that a work was peer reviewed.

The answer is one of the two terms of the Eprint Status Vocabulary (Scholarly Works Application Profile), the only published pair of
addresses for the two facts that repositories export; the terms of BIBO that mean the same stand beside them in the vocabulary file.
"""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.facets import FacetIndex, read_one_facet
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Result
from normalizers.vocabularies import Vocabulary


class PeerReviewReader:
    """Reads texts of the field ``peer_review``; ``facets`` is the shared index, built from the same data if it is not given."""

    field = "peer_review"

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], facets: FacetIndex | None = None) -> None:
        self._facets = facets or FacetIndex(locales, vocabularies)
        self._vocabulary = vocabularies["peer-review"]

    def read(self, query: Query) -> Result:
        """Answer the review status a text states; ``none`` if it states only a type, a genre or a version."""
        return read_one_facet(query, self._facets, "peer_review", self._vocabulary)
