"""From findings to the parts of an answer: evidence, method, candidates, and the whole answer of a field that is one facet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from msgspec.structs import replace

from normalizers.facets.choice import Choice, choose
from normalizers.facets.index import FacetIndex, is_code
from normalizers.facets.reading import FacetReading, Finding, read_facets, read_misspelt
from normalizers.localedata import Entry
from normalizers.reading import Query
from normalizers.results import Candidate, Evidence, Issue, Method, Result, Status
from normalizers.vocabularies import Vocabulary


def quote(query: Query, finding: Finding, entry: Entry) -> Evidence:
    """Quote what was read, with the locale and concept of the label that read it."""
    return query.evidence(finding.start, finding.end, f"{entry.locale}:{entry.concept}", entry.concept)


def method_of(query: Query, finding: Finding, entry: Entry, vocabulary: Vocabulary) -> Method:
    """Tell whether an identifier of the vocabulary, another address, a code or a word was read."""
    if not finding.label.by_code and not is_code(entry):
        return Method.LABEL
    text = query.text[finding.start : finding.end]
    if text.rsplit("/", 1)[-1].casefold() in vocabulary.codes:
        return Method.IDENTIFIER
    return Method.URL if "://" in text else Method.CODE


def locale_of(finding: Finding, entry: Entry) -> str | None:
    """Give the language of a label; None for codes and names of no language, and where several languages share the label."""
    entries = finding.label.entries
    locales = {other.locale for other in entries if other.concept == entry.concept} if len(entries) > 1 else {entry.locale}
    return entry.locale if locales == {entry.locale} and not is_code(entry) else None


def candidates_of(concepts: Iterable[str], vocabulary: Vocabulary, reason: str) -> tuple[Candidate, ...]:
    """Offer concepts as candidates, each once."""
    return tuple(Candidate(vocabulary.concepts[key].identifier, key, reason) for key in dict.fromkeys(concepts))


def unread_issues(query: Query, reading: FacetReading) -> tuple[Issue, ...]:
    """Report what was left unread beside what was read."""
    texts = [query.text[start:end] for statement in reading.statements for start, end in statement.unread]
    return (Issue("partly_read", "not understood: " + "; ".join(texts)),) if texts else ()


def spelling_issues(reading: FacetReading) -> tuple[Issue, ...]:
    """Report that a misspelling was mended."""
    return (Issue("repaired", f"read as {reading.mended!r}"),) if reading.mended else ()


def label_issues(others: Sequence[str]) -> tuple[Issue, ...]:
    """Report what else a label names, where it was decided for one concept."""
    return (Issue("ambiguous_label", f"the label also names: {', '.join(dict.fromkeys(others))}"),) if others else ()


def describe_facet(query: Query, finding: Finding, vocabulary: Vocabulary | None) -> Mapping[str, Any] | None:
    """Describe a facet beside the answer: label, identifier if it has one, and its own evidence; None if it is ambiguous."""
    entry = choose(finding.label.entries, _never).chosen
    if entry is None:
        return None
    identifier = {"identifier": vocabulary.concepts[entry.concept].identifier} if vocabulary else {}
    return {**identifier, "label": entry.concept, "evidence": quote(query, finding, entry)}


def read_one_facet(query: Query, index: FacetIndex, section: str, vocabulary: Vocabulary) -> Result:
    """Answer a field that is one facet: what the text states of it; a text that states two different things is ambiguous."""
    reading = read_facets(query, index)
    if not reading.findings:
        reading = read_misspelt(query, index, section) or reading
    findings = reading.of(section)
    if not findings:
        return _without(query, reading, section)
    choices = _agreed([choose(finding.label.entries, _never) for finding in findings])
    pairs = [(finding, choice.chosen) for finding, choice in zip(findings, choices, strict=True) if choice.chosen]
    chosen = {entry.concept: (finding, entry) for finding, entry in reversed(pairs)}
    if len(chosen) != 1:
        return _several(query, findings, choices, vocabulary)
    ((finding, entry),) = chosen.values()
    concept = vocabulary.concepts[entry.concept]
    others = [option.concept for choice in choices if choice.chosen for option in choice.options if option.concept != entry.concept]
    return Result(
        query.field,
        query.text,
        Status.MATCHED,
        identifiers=(concept.identifier,),
        method=Method.REPAIR if reading.mended else method_of(query, finding, entry, vocabulary),
        locale=locale_of(finding, entry),
        candidates=candidates_of(others, vocabulary, "the label names this as well"),
        issues=(*spelling_issues(reading), *unread_issues(query, reading), *label_issues(others)),
        evidence=tuple(quote(query, *pair) for pair in pairs),
        vocabulary=vocabulary.stamp,
        details={"label": concept.key, **({"acronym": concept.properties["acronym"]} if "acronym" in concept.properties else {})},
    )


def _agreed(choices: list[Choice]) -> list[Choice]:
    """Choose the one concept that every label may name, where there is one: "submitted manuscript (preprint)"."""
    common = reduce(frozenset.__and__, (frozenset(option.concept for option in choice.options) for choice in choices))
    if len(choices) == 1 or len(common) != 1:
        return choices
    return [replace(choice, chosen=next(option for option in choice.options if option.concept in common)) for choice in choices]


def _without(query: Query, reading: FacetReading, section: str) -> Result:
    """Answer a text that was understood but states nothing of this facet with ``none``, any other with ``unmatched``."""
    if not reading.findings or reading.unread:
        return query.unmatched()
    facets = sorted({finding.label.section for finding in reading.findings})
    issue = Issue(f"not_a_{query.field}", f"states {', '.join(facets)}, but no {section}")
    return replace(query.unmatched(issue), status=Status.NONE)


def _several(query: Query, findings: tuple[Finding, ...], choices: list[Choice], vocabulary: Vocabulary) -> Result:
    options = [option for choice in choices for option in choice.options]
    evidence = tuple(quote(query, finding, choice.options[0]) for finding, choice in zip(findings, choices, strict=True))
    code = "ambiguous_label" if len(findings) == 1 else "contradiction"
    names = tuple(dict.fromkeys(option.concept for option in options))
    issue = Issue(code, f"{query.text!r} may say any of: {', '.join(names)}")
    return query.ambiguous(candidates_of(names, vocabulary, "the text allows it"), issue, evidence=evidence)


def _never(_broader: str, _narrower: str) -> bool:
    return False
