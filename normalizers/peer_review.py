"""Reads whether a text says that a work was peer reviewed.

The answer is one of the two terms of the Eprint Status Vocabulary (Scholarly Works Application Profile), the only published pair of
addresses for the two facts that repositories export; the terms of BIBO that mean the same stand beside them in the vocabulary file.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from normalizers.answered import Answers
from normalizers.facets import FacetIndex, read_one_facet
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Method, Result, Status
from normalizers.vocabularies import Vocabulary

_STATES = ("peer reviewed", "not peer reviewed")


class PeerReviewReader:
    """Reads texts of the field ``peer_review``; ``facets`` is the shared index, built from the same data if it is not given."""

    field = "peer_review"

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], facets: FacetIndex | None = None) -> None:
        self._facets = facets or FacetIndex(locales, vocabularies)
        self._vocabulary = vocabularies["peer-review"]
        self._answers = Answers(locales.values())

    def read(self, query: Query) -> Result:
        """Answer the review status a text states; ``none`` if it states only a type, a genre or a version.

        The field asks whether the work was reviewed, so that yes or no alone answers it.
        """
        alone = self._answers.holds(query.text)
        if alone is not None:
            return self._alone(query, holds=alone)
        answered = self._answers.split(query.text)
        if answered is None:
            return read_one_facet(query, self._facets, "peer_review", self._vocabulary)
        asked = read_one_facet(Query(query.field, answered.label, query.locale), self._facets, "peer_review", self._vocabulary)
        return self._answer(query, asked, holds=answered.holds)

    def _alone(self, query: Query, *, holds: bool) -> Result:
        concept = self._vocabulary.concepts[_STATES[0] if holds else _STATES[1]]
        start = len(query.text) - len(query.text.lstrip())
        return Result(
            query.field,
            query.text,
            Status.MATCHED,
            identifiers=(concept.identifier,),
            method=Method.LABEL,
            evidence=(query.evidence(start, len(query.text.rstrip()), "answers", concept.key),),
            vocabulary=self._vocabulary.stamp,
            details={"label": concept.key},
        )

    def _answer(self, query: Query, asked: Result, *, holds: bool) -> Result:
        """Answer for a label that asks, by the word behind it: "no" turns the label round, and says nothing behind one that denies."""
        if asked.status is not Status.MATCHED:
            return replace(asked, text=query.text)
        no = self._vocabulary.concepts[_STATES[1]].identifier
        if not holds and asked.identifiers == (no,):
            return query.unmatched()
        start = len(query.text) - len(query.text.lstrip())
        evidence = tuple(query.evidence(item.start + start, item.end + start, item.rule, item.yields) for item in asked.evidence)
        if not holds:
            evidence = tuple(replace(item, yields=_STATES[1]) for item in evidence)
        return replace(asked, text=query.text, identifiers=asked.identifiers if holds else (no,), evidence=evidence)
