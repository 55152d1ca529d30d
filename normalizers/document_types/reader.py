"""Reads types of documents, alone or together with genre, degree, audience, medium, version and review status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from normalizers.document_types.crosswalks import crosswalks
from normalizers.document_types.former import SECTION, FormerNames
from normalizers.document_types.hierarchy import TypeHierarchy
from normalizers.document_types.works import TYPES, Works, resolve_works
from normalizers.facets import (
    FacetIndex,
    FacetReading,
    KnownLabels,
    candidates_of,
    describe_facet,
    label_issues,
    locale_of,
    method_of,
    quote,
    read_facets,
    read_misspelt,
    spelling_issues,
    unread_issues,
)
from normalizers.localedata import Entry, Locale
from normalizers.reading import Query
from normalizers.results import Candidate, Issue, Method, Result, Status
from normalizers.vocabularies import Vocabulary

_FACET_NAMES = {
    "genres": "genre",
    "degrees": "degree",
    "audiences": "audience",
    "media": "medium",
    "kinds": "kind",
    "versions": "version",
    "peer_review": "peer_review",
}
_FACET_VOCABULARIES = {"versions": "coar-version-types", "peer_review": "peer-review"}


class ResourceTypeReader:
    """Reads texts of the field ``resource_type``; ``facets`` is the shared index, built from the same data if it is not given."""

    field = "resource_type"

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], facets: FacetIndex | None = None) -> None:
        self._facets = facets or FacetIndex(locales, vocabularies)
        self._former = FormerNames(locales)
        self._vocabularies = vocabularies
        self._types = vocabularies["coar-resource-types"]
        self._hierarchy = TypeHierarchy(self._types)
        self._described = {key: self._describe(key) for key in self._types.concepts}
        self._nearest_of = {concept.key: near for concept in self._types.concepts.values() if (near := concept.properties.get("nearest"))}
        self._deprecated = frozenset(concept.key for concept in self._types.concepts.values() if "deprecated" in concept.properties)
        self._known = KnownLabels(self.field, self._facets.keys_of(TYPES), self._read_anew)

    def read(self, query: Query) -> Result:
        """Answer the types a text states, in its order; several only where it lists types that do not amount to one.

        A text that contradicts itself, or whose label names two types of which neither is broader, is ``ambiguous``. A text that states
        other facets but no type is ``none``; so is a code of what COAR has no type for. What could not be read beside a type is reported
        as ``partly_read``. A name that COAR gave to another type in a former release offers that type as a candidate, and is read as it
        where it names nothing now.
        """
        return self._known.answer(query) or self._read_anew(query)

    def _read_anew(self, query: Query) -> Result:
        result = self._read(query)
        former = tuple(entry for entry in self._former.recall(query) if self._is_news(entry.concept, result))
        if not former or result.status is Status.NONE:
            return result
        issue = Issue("former_label", f"COAR gave this name to {_quoted(former)} in a former release")
        if result.status is not Status.UNMATCHED:
            return self._beside_former(result, former, issue)
        return self._by_former(query, former, issue)

    def _is_news(self, key: str, result: Result) -> bool:
        identifier = self._types.concepts[key].identifier
        return identifier not in result.identifiers and all(identifier != candidate.identifier for candidate in result.candidates)

    def _beside_former(self, result: Result, former: Sequence[Entry], issue: Issue) -> Result:
        candidates = candidates_of([entry.concept for entry in former], self._types, "a former name of it in COAR")
        return replace(result, candidates=(*result.candidates, *candidates), issues=(*result.issues, issue))

    def _by_former(self, query: Query, former: Sequence[Entry], issue: Issue) -> Result:
        """Read a text that is nothing but a former name: of one type, or of several, and then none is chosen."""
        keys = [entry.concept for entry in former]
        evidence = tuple(query.evidence(0, len(query.text), f"{entry.locale}:{SECTION}.{entry.concept}", entry.concept) for entry in former)
        if len(keys) > 1:
            return query.ambiguous(candidates_of(keys, self._types, "a former name of it in COAR"), issue, evidence=evidence)
        return Result(
            query.field,
            query.text,
            Status.MATCHED,
            identifiers=(self._types.concepts[keys[0]].identifier,),
            method=Method.LABEL,
            locale=former[0].locale,
            candidates=self._nearest(keys),
            issues=(issue, *self._deprecated_issues(keys)),
            evidence=evidence,
            vocabulary=self._types.stamp,
            details=self._described[keys[0]],
        )

    def _read(self, query: Query) -> Result:
        reading = read_facets(query, self._facets)
        if not reading.findings:
            reading = read_misspelt(query, self._facets, TYPES) or reading
        works = resolve_works(reading, self._hierarchy)
        if works is None:
            return self._without(query, reading)
        return self._matched(query, reading, works) if works.is_settled else self._ambiguous(query, works)

    def _matched(self, query: Query, reading: FacetReading, works: Works) -> Result:
        keys = [work[0] for work in works.allowed]
        finding, entry = works.read[0]
        return Result(
            query.field,
            query.text,
            Status.MATCHED,
            identifiers=tuple(self._types.concepts[key].identifier for key in keys),
            method=Method.REPAIR if reading.mended else method_of(query, finding, entry, self._types),
            locale=locale_of(finding, entry),
            candidates=(*self._others(works), *self._nearest(keys)),
            issues=(*spelling_issues(reading), *label_issues(works.others), *self._deprecated_issues(keys), *unread_issues(query, reading)),
            evidence=tuple(quote(query, *pair) for pair in works.read),
            vocabulary=self._types.stamp,
            details=self._details(query, reading, keys),
        )

    def _ambiguous(self, query: Query, works: Works) -> Result:
        options = tuple(dict.fromkeys(key for work in works.allowed for key in work))
        code = "ambiguous_label" if len(works.read) == 1 else "contradiction"
        issue = Issue(code, f"{query.text!r} may name any of: {', '.join(options)}")
        evidence = tuple(quote(query, *pair) for pair in works.read)
        return query.ambiguous(candidates_of(options, self._types, "the text allows it"), issue, evidence=evidence)

    def _without(self, query: Query, reading: FacetReading) -> Result:
        if not reading.findings or reading.unread:
            return query.unmatched()
        facets = self._describe_facets(query, reading)
        issue = Issue("not_a_type", f"states {' and '.join(facets) or 'another facet'}, but no type of document")
        if "kind" in facets:
            issue = Issue("no_coar_type", f"means {facets['kind']['label']}, for which COAR has no type")
        return replace(query.unmatched(issue), status=Status.NONE, details={"facets": facets})

    def _details(self, query: Query, reading: FacetReading, keys: Sequence[str]) -> Mapping[str, Any]:
        described = [self._described[key] for key in keys]
        facets = self._describe_facets(query, reading)
        if len(described) == 1 and not facets:
            return described[0]
        return {**described[0], **({"facets": facets} if facets else {}), **({"also": described[1:]} if described[1:] else {})}

    def _describe(self, key: str) -> Mapping[str, Any]:
        broader = [MappingProxyType({"identifier": concept.identifier, "label": concept.key}) for concept in self._types.ancestors(key)]
        terms = MappingProxyType(crosswalks(self._vocabularies, key))
        return MappingProxyType({"label": key, "broader": tuple(broader), "crosswalks": terms})

    def _describe_facets(self, query: Query, reading: FacetReading) -> dict[str, Any]:
        """Describe the facets beside the type; a label that names type and version at once ("preprint") is the type's alone."""
        if all(finding.label.section == TYPES for finding in reading.findings):
            return {}
        types = reading.of(TYPES)
        taken = {(finding.start, finding.end) for finding in types} if len(types) == 1 else set()
        facets: dict[str, Any] = {}
        for section, name in _FACET_NAMES.items():
            vocabulary = self._vocabularies.get(_FACET_VOCABULARIES.get(section, ""))
            found = [finding for finding in reading.of(section) if (finding.start, finding.end) not in taken]
            described = [one for one in (describe_facet(query, finding, vocabulary) for finding in found) if one]
            if described and len({one["label"] for one in described}) == 1:
                facets[name] = described[0]
        return facets

    def _others(self, works: Works) -> tuple[Candidate, ...]:
        return candidates_of(works.others, self._types, "the label names this as well") if works.others else ()

    def _nearest(self, keys: Sequence[str]) -> tuple[Candidate, ...]:
        nearest = [self._nearest_of[key] for key in keys if key in self._nearest_of]
        return candidates_of(nearest, self._types, "nearest concept that is not deprecated") if nearest else ()

    def _deprecated_issues(self, keys: Sequence[str]) -> tuple[Issue, ...]:
        if self._deprecated.isdisjoint(keys):
            return ()
        return tuple(Issue("deprecated_code", f"COAR marks {key!r} as deprecated") for key in keys if key in self._deprecated)


def _quoted(entries: Sequence[Entry]) -> str:
    return ", ".join(repr(entry.concept) for entry in entries)
