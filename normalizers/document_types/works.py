"""What the types in a text amount to: one work, several, or a contradiction."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from normalizers.document_types.hierarchy import TypeHierarchy
from normalizers.facets import Choice, FacetReading, Finding, Statement, choose
from normalizers.localedata import Entry

TYPES = "resource_types"
# The facets that make a type narrower, in the order in which they are applied.
REFINING = ("genres", "degrees")
# A label that names a type and one of these at once ("peer review", "print") is read as the latter where another type stands beside it.
_RATHER = frozenset({"peer_review", "genres", "degrees", "media"})


class Works(Struct, frozen=True):
    """One tuple of allowed types for each work that the text names; the labels that were read; what else those labels name."""

    allowed: tuple[tuple[str, ...], ...]
    read: tuple[tuple[Finding, Entry], ...]
    others: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether each work has one type."""
        return all(len(work) == 1 for work in self.allowed)


def resolve_works(reading: FacetReading, hierarchy: TypeHierarchy) -> Works | None:
    """Work out what types a text states; None if it states none."""
    works: list[tuple[str, ...]] = []
    read: list[tuple[Finding, Entry]] = []
    others: list[str] = []
    for statement in reading.statements:
        findings = _types_of(statement)
        choices = [choose(finding.label.entries, hierarchy.is_broader) for finding in findings]
        if choices:
            works.append(_meet(findings, choices, hierarchy, complete=not statement.unread))
            read += [(finding, choice.chosen or choice.options[0]) for finding, choice in zip(findings, choices, strict=True)]
            others += _others(choices)
    stated = {finding.label.section for finding in reading.findings}
    implied = hierarchy.implied_by("degree") if "degrees" in stated else None
    if not works and not implied:
        return None
    merged = _merge(works, hierarchy) if len(works) > 1 else works or [(implied or "",)]
    if stated.isdisjoint(REFINING):
        return Works(tuple(dict.fromkeys(merged)), tuple(read), tuple(dict.fromkeys(others)))
    refined = tuple(_refine_any(work, reading, hierarchy) for work in merged)
    refining = [(finding, finding.label.entries[0]) for section in REFINING for finding in reading.of(section)]
    return Works(tuple(dict.fromkeys(refined)), (*read, *refining), tuple(dict.fromkeys(others)))


def _types_of(statement: Statement) -> list[Finding]:
    types = [finding for finding in statement.findings if finding.label.section == TYPES]
    if len(types) == len(statement.findings):
        return types
    rather = {(finding.start, finding.end) for finding in statement.findings if finding.label.section in _RATHER}
    return [finding for finding in types if (finding.start, finding.end) not in rather] or types


def _meet(findings: Sequence[Finding], choices: Sequence[Choice], hierarchy: TypeHierarchy, *, complete: bool) -> tuple[str, ...]:
    """Let the types of one statement meet from left to right; if they do not, all that its labels name is allowed.

    "Other (debate, reviews, and so on)" names examples: a silent type that opens a statement not read to its end stays what it is.
    """
    first = choices[0].chosen
    if first and (len(choices) == 1 or (not complete and hierarchy.is_silent(first.concept))):
        return (first.concept,)
    met = _allowed(choices[0])
    if len(choices) == 1:
        return met
    for before, finding, choice in zip(findings, findings[1:], choices[1:], strict=False):
        met = hierarchy.meet_any(met, _allowed(choice), apart=before.piece != finding.piece) if met else ()
    return met or tuple(dict.fromkeys(key for choice in choices for key in _allowed(choice)))


def _merge(works: Sequence[tuple[str, ...]], hierarchy: TypeHierarchy) -> list[tuple[str, ...]]:
    """Let works of a list that amount to one become one. They meet in the order of their names, so that the list's does not matter."""
    merged: list[tuple[int, tuple[str, ...]]] = []
    for position, work in sorted(enumerate(works), key=lambda placed: placed[1]):
        for number, (first, known) in enumerate(merged):
            met = hierarchy.meet_any(known, work, apart=True)
            if met:
                merged[number] = (min(first, position), met)
                break
        else:
            merged.append((position, work))
    return [work for _, work in sorted(merged)]


def _refine_any(work: tuple[str, ...], reading: FacetReading, hierarchy: TypeHierarchy) -> tuple[str, ...]:
    """Refine each type that a work may be of; of several those go first that the genre or the degree leads to ("tesina de grado")."""
    refined = tuple(dict.fromkeys(_refine(key, reading, hierarchy) for key in work))
    stated = {entry.concept for finding in reading.findings if finding.label.section in REFINING for entry in finding.label.entries}
    agreeing = tuple(key for key in refined if any(hierarchy.is_led_to(key, facet) for facet in stated))
    return agreeing if len(refined) > 1 and agreeing else refined


def _refine(key: str, reading: FacetReading, hierarchy: TypeHierarchy) -> str:
    for section in REFINING:
        stated = {entry.concept for finding in reading.of(section) for entry in finding.label.entries}
        refined = hierarchy.refine(key, stated.pop()) if len(stated) == 1 else None
        key = refined or key
    return key


def _allowed(choice: Choice) -> tuple[str, ...]:
    """Give what a label names, the chosen concept first."""
    chosen = [choice.chosen.concept] if choice.chosen else []
    return tuple(dict.fromkeys([*chosen, *(option.concept for option in choice.options)]))


def _others(choices: Sequence[Choice]) -> list[str]:
    """Give what a label that was decided also names; where several labels meet, they explain each other."""
    if len(choices) > 1 or choices[0].chosen is None:
        return []
    return [option.concept for option in choices[0].options if option.concept != choices[0].chosen.concept]
