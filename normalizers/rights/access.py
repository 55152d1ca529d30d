"""Who may open a work, apart from what may be done with it: COAR access rights."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from normalizers.answered import Answers
from normalizers.localedata import Entry, LabelIndex, Locale
from normalizers.reading import Query
from normalizers.results import Candidate, Issue, Method, Result, Status
from normalizers.rights.negation import unnegated
from normalizers.spelling import nearest_label
from normalizers.terms import Hits
from normalizers.vocabularies import Vocabulary

_OPEN = "open access"
_MOST_QUOTED = 256
"""Places that an answer quotes, one for each locale that has the words there; who wants more has the text."""


class AccessLabels(Struct, frozen=True):
    """``statuses`` are read as whole values only; ``kinds`` are these and the words that are read anywhere.

    ``answers`` are the words for yes and no behind a label that asks.
    """

    statuses: LabelIndex
    kinds: LabelIndex
    answers: Answers

    @classmethod
    def build(cls, locales: Iterable[Locale]) -> AccessLabels:
        """Index the labels of all locales."""
        locales = tuple(locales)
        kinds = LabelIndex.build(locales, "access_status", "access_rights")
        return cls(LabelIndex.build(locales, "access_status"), kinds, Answers(locales))


def read_access(query: Query, hits: Hits, vocabulary: Vocabulary, labels: AccessLabels) -> Result:
    """Answer the field ``access_right``; an embargo outranks the access that follows it. A label misspelt is mended, and reported."""
    alone = labels.statuses.lookup_key(query.folded.key, query.locale)
    if len(alone) == 1:
        return _status(query, alone[0], vocabulary)
    answered = labels.answers.split(query.text)
    asked = labels.kinds.lookup(answered.label, query.locale) if answered else ()
    if answered and len(asked) == 1:
        return _status(query, asked[0], vocabulary) if answered.holds else _denied(query, asked[0], vocabulary)
    found = unnegated(query.folded.text, hits, "access_rights")
    if not found:
        return _misspelt(query, vocabulary, labels.kinds)
    evidence = tuple(query.folded_evidence(hit.start, hit.end, hit.rule, hit.concept) for hit in found[:_MOST_QUOTED])
    concepts = list(dict.fromkeys(hit.concept for hit in found))
    if "embargoed access" in concepts:
        concepts = ["embargoed access"]
    if len(concepts) > 1:
        candidates = tuple(Candidate(vocabulary.concepts[key].identifier, key) for key in concepts)
        return query.ambiguous(candidates, Issue("contradiction", "the text names several kinds of access"), evidence=evidence)
    concept = vocabulary.concepts[concepts[0]]
    whole = (found[0].start, found[0].end) == (0, len(query.folded.text))
    return Result(
        query.field,
        query.text,
        Status.MATCHED,
        (concept.identifier,),
        Method.LABEL if whole else Method.CLAUSES,
        locale=found[0].locale,
        evidence=evidence,
        vocabulary=vocabulary.stamp,
        details={"label": concept.key},
    )


def _denied(query: Query, entry: Entry, vocabulary: Vocabulary) -> Result:
    """Answer a kind of access that a "no" denies: what is not open may be any of the others; of those, nothing follows."""
    if entry.concept != _OPEN:
        return query.unmatched()
    others = tuple(Candidate(concept.identifier, concept.key) for concept in vocabulary.concepts.values() if concept.key != _OPEN)
    issue = Issue("not_open", "the text says that access is not open, and not what it is")
    return query.ambiguous(others, issue, evidence=(query.evidence(0, len(query.text), f"{entry.locale}:answers.denied", _OPEN),))


def _misspelt(query: Query, vocabulary: Vocabulary, labels: LabelIndex) -> Result:
    near = nearest_label(query.folded.key, labels, lambda key: labels.lookup_key(key, query.locale))
    if near is None:
        return query.unmatched()
    spelling, entries = near
    issue = Issue("repaired", f"read as {spelling!r}")
    return replace(_status(query, entries[0], vocabulary), method=Method.REPAIR, issues=(issue,))


def _status(query: Query, entry: Entry, vocabulary: Vocabulary) -> Result:
    concept = vocabulary.concepts[entry.concept]
    return Result(
        query.field,
        query.text,
        Status.MATCHED,
        (concept.identifier,),
        Method.LABEL,
        locale=entry.locale,
        evidence=(query.evidence(0, len(query.text), f"{entry.locale}:access_status.{entry.concept}", entry.concept),),
        vocabulary=vocabulary.stamp,
        details={"label": concept.key},
    )
