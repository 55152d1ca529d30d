"""Reads types of documents, alone or together with genre, degree, version and review status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from normalizers.document_types.crosswalks import crosswalks
from normalizers.document_types.hierarchy import TypeHierarchy
from normalizers.facets import (
    Choice,
    FacetIndex,
    FacetReading,
    Finding,
    candidates_of,
    choose,
    describe_facet,
    locale_of,
    method_of,
    quote,
    read_facets,
    unread_issues,
)
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Candidate, Evidence, Issue, Result, Status
from normalizers.vocabularies import Vocabulary

_FACET_NAMES = {"genres": "genre", "degrees": "degree", "versions": "version", "peer_review": "peer_review"}
_FACET_VOCABULARIES = {"versions": "coar-version-types", "peer_review": "peer-review"}
_REFINING = ("genres", "degrees")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the types of a text amount to: one list of allowed concepts a work that is named, and what they were read from."""

    works: tuple[tuple[str, ...], ...]
    evidence: tuple[Evidence, ...]
    others: tuple[str, ...]


class ResourceTypeReader:
    """Reads texts of the field ``resource_type``; ``facets`` is the shared index, built from the same data if it is not given."""

    field = "resource_type"

    def __init__(self, locales: Mapping[str, Locale], vocabularies: Mapping[str, Vocabulary], facets: FacetIndex | None = None) -> None:
        self._facets = facets or FacetIndex(locales, vocabularies)
        self._vocabularies = vocabularies
        self._types = vocabularies["coar-resource-types"]
        self._hierarchy = TypeHierarchy(self._types)

    def read(self, query: Query) -> Result:
        """Answer the types a text states, in its order; several only where it lists several works or aspects that do not agree in one.

        A text that contradicts itself, or whose label names two types of which neither is broader, is ``ambiguous``. A text that states
        other facets but no type is ``none``. What could not be read beside a type is reported as ``partly_read``.
        """
        reading = read_facets(query, self._facets)
        findings = reading.of("resource_types")
        if not findings and not self._implied(reading):
            return self._without(query, reading)
        typed = self._read_types(query, reading)
        if any(len(work) != 1 for work in typed.works):
            return self._ambiguous(query, typed)
        return self._matched(query, reading, typed)

    def _read_types(self, query: Query, reading: FacetReading) -> _Reading:
        works: list[tuple[str, ...]] = []
        evidence: list[Evidence] = []
        others: list[str] = []
        for statement in reading.statements:
            types = [finding for finding in statement.findings if finding.label.section == "resource_types"]
            choices = [choose(finding.label.entries, self._hierarchy.is_broader) for finding in types]
            evidence.extend(quote(query, finding, choice.chosen or choice.options[0]) for finding, choice in zip(types, choices, strict=True))
            if choices:
                self._add(works, self._hierarchy.meet_all([_allowed(choice) for choice in choices]) or _all_options(choices))
                others.extend(option.concept for choice in choices if len(choices) == 1 and choice.chosen for option in _rest(choice))
        if not works:
            works.append((self._implied(reading) or "",))
        refined = tuple(tuple(dict.fromkeys(self._refine(key, reading) for key in work)) for work in works)
        evidence.extend(self._refining_evidence(query, reading))
        return _Reading(refined, tuple(evidence), tuple(dict.fromkeys(others)))

    def _add(self, works: list[tuple[str, ...]], work: tuple[str, ...]) -> None:
        """Add a work to those named before it, or let one of them take it in, if the two amount to one."""
        for position, known in enumerate(works):
            met = self._hierarchy.meet_all([known, work])
            if met:
                works[position] = met
                return
        works.append(work)

    def _refine(self, key: str, reading: FacetReading) -> str:
        for section in _REFINING:
            stated = {entry.concept for finding in reading.of(section) for entry in finding.label.entries}
            refined = self._hierarchy.refine(key, stated.pop()) if len(stated) == 1 else None
            key = refined or key
        return key

    def _implied(self, reading: FacetReading) -> str | None:
        return self._hierarchy.implied_by("degree") if reading.of("degrees") else None

    def _refining_evidence(self, query: Query, reading: FacetReading) -> list[Evidence]:
        return [quote(query, finding, finding.label.entries[0]) for section in _REFINING for finding in reading.of(section)]

    def _matched(self, query: Query, reading: FacetReading, typed: _Reading) -> Result:
        keys = list(dict.fromkeys(work[0] for work in typed.works))
        first = min((*reading.of("resource_types"), *reading.of("degrees")), key=lambda finding: finding.start)
        entry = choose(first.label.entries, self._hierarchy.is_broader).chosen
        return Result(
            query.field,
            query.text,
            Status.MATCHED,
            identifiers=tuple(self._types.concepts[key].identifier for key in keys),
            method=method_of(query, first, self._types),
            locale=locale_of(entry) if entry else None,
            candidates=(*candidates_of(typed.others, self._types, "the label names this as well"), *self._nearest(keys)),
            issues=(*_label_issues(typed.others), *self._deprecated_issues(keys), *unread_issues(query, reading)),
            evidence=typed.evidence,
            vocabulary=self._types.stamp,
            details=self._details(query, reading, keys),
        )

    def _ambiguous(self, query: Query, typed: _Reading) -> Result:
        options = [key for work in typed.works for key in work]
        code = "ambiguous_label" if len(typed.evidence) == 1 else "contradiction"
        issue = Issue(code, f"{query.text!r} may name any of: {', '.join(dict.fromkeys(options))}")
        return query.ambiguous(candidates_of(options, self._types, "the text allows it"), issue, evidence=typed.evidence)

    def _without(self, query: Query, reading: FacetReading) -> Result:
        if not reading.findings or reading.unread:
            return query.unmatched()
        named = sorted({_FACET_NAMES[finding.label.section] for finding in reading.findings})
        issue = Issue("not_a_type", f"states {' and '.join(named)}, but no type of document")
        facets = {"facets": self._describe_facets(query, reading)}
        return replace(query.unmatched(issue), status=Status.NONE, details=facets)

    def _details(self, query: Query, reading: FacetReading, keys: Sequence[str]) -> Mapping[str, Any]:
        described = [self._describe(key) for key in keys]
        facets = self._describe_facets(query, reading)
        return {**described[0], **({"facets": facets} if facets else {}), **({"also": described[1:]} if described[1:] else {})}

    def _describe(self, key: str) -> dict[str, Any]:
        broader = [{"identifier": concept.identifier, "label": concept.key} for concept in self._types.ancestors(key)]
        return {"label": key, "broader": broader, "crosswalks": crosswalks(self._vocabularies, key)}

    def _describe_facets(self, query: Query, reading: FacetReading) -> dict[str, Any]:
        """Describe the facets beside the type; a label that names type and version at once ("preprint") is the type's alone."""
        taken = {(finding.start, finding.end) for finding in reading.of("resource_types")}
        facets: dict[str, Any] = {}
        for section, name in _FACET_NAMES.items():
            vocabulary = self._vocabularies.get(_FACET_VOCABULARIES.get(section, ""))
            found = [finding for finding in reading.of(section) if (finding.start, finding.end) not in taken]
            described = [one for one in (describe_facet(query, finding, vocabulary) for finding in found) if one]
            if described and len({one["label"] for one in described}) == 1:
                facets[name] = described[0]
        return facets

    def _nearest(self, keys: Sequence[str]) -> tuple[Candidate, ...]:
        nearest = [self._types.concepts[key].properties.get("nearest") for key in keys]
        return candidates_of((key for key in nearest if key), self._types, "nearest concept that is not deprecated")

    def _deprecated_issues(self, keys: Sequence[str]) -> tuple[Issue, ...]:
        old = [key for key in keys if "deprecated" in self._types.concepts[key].properties]
        return tuple(Issue("deprecated_code", f"COAR marks {key!r} as deprecated") for key in old)


def _allowed(choice: Choice) -> tuple[str, ...]:
    chosen = [choice.chosen.concept] if choice.chosen else []
    return tuple(dict.fromkeys([*chosen, *(option.concept for option in choice.options)])) if not chosen else tuple(chosen)


def _all_options(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for choice in choices for key in _allowed(choice)))


def _rest(choice: Choice) -> list[Any]:
    return [option for option in choice.options if option is not choice.chosen]


def _label_issues(others: Sequence[str]) -> tuple[Issue, ...]:
    return (Issue("ambiguous_label", f"the label also names: {', '.join(others)}"),) if others else ()


__all__ = ["Finding", "ResourceTypeReader"]
