"""Where one record is worked on: asks the readers, and keeps account of every value that came in.

A value is either decided on (read, with an answer that says how far) or it is left; nothing can be forgotten, because what no
section of the record took is counted as left in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from normalizers.citations import CitationReader
from normalizers.extents import ExtentReader
from normalizers.names import PersonReader
from normalizers.records.characters import clean_text
from normalizers.records.counts import CountReader
from normalizers.records.function_words import FunctionWords
from normalizers.records.model import RawField, Record
from normalizers.records.shapes import LINE_RULES
from normalizers.repair import repair
from normalizers.results import Candidate, Evidence, Issue, Result, Status, as_json

ROOT = "/metadata"


class FieldReader(Protocol):
    """Reads one text as one field, as the registry does."""

    def __call__(self, field: str, text: str, *, locale: str | None = None) -> Result:
        """Read a text; ``locale`` only breaks ties."""
        ...


class SchemeReader(Protocol):
    """Reads identifiers, also those whose scheme the place tells."""

    def read_as(self, text: str, scheme: str = "") -> Result:
        """Read a text that stands where identifiers of one scheme stand."""
        ...


@dataclass(frozen=True, slots=True)
class Readers:
    """Everything that reads values for a record."""

    normalize: FieldReader
    persons: PersonReader
    citations: CitationReader
    extents: ExtentReader
    identifiers: SchemeReader
    counts: CountReader
    function_words: FunctionWords


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one value: the answer, and the place in the answer's metadata where it went, if it went anywhere."""

    raw: RawField
    result: Result
    pointer: str | None


@dataclass(frozen=True, slots=True)
class RecordIssue:
    """An issue of the record as a whole, with the place in the metadata that it is about, and what may be meant there instead."""

    issue: Issue
    pointer: str
    candidates: tuple[Candidate, ...] = ()


class Desk:
    """The work on one record. ``hint`` is the locale that breaks ties; it is asked for only where there is a tie."""

    def __init__(self, readers: Readers, hint: str | None = None) -> None:
        self.readers = readers
        self.issues: list[RecordIssue] = []
        self._hint = hint
        self._decisions: dict[int, list[Decision]] = {}

    def ask(self, field: str, text: str) -> Result:
        """Read a text as a field; where the answer is ambiguous and the record's locale settles it, say so."""
        result = self.readers.normalize(field, text)
        if result.status is not Status.AMBIGUOUS or self._hint is None:
            return result
        settled = self.readers.normalize(field, text, locale=self._hint)
        if settled.status is Status.AMBIGUOUS:
            return result
        note = Issue("locale_hint", f"ambiguous by itself; read as {self._hint}, the language of the record's other names and values")
        return replace(settled, issues=(*settled.issues, note))

    def ask_identifier(self, text: str, scheme: str) -> Result:
        """Read a text as identifiers of a scheme, mended first as the registry would."""
        mended = repair(text)
        result = self.readers.identifiers.read_as(mended, scheme)
        if mended == text:
            return result
        return replace(result, text=text, read_as=mended, issues=(*result.issues, Issue("repaired", "damage by software was mended")))

    def text(self, raw: RawField, field: str) -> tuple[str, Result]:
        """Take a text as it is, cleaned; the answer quotes the whole of it under the rule that told which field it is."""
        value = raw.value or ""
        shown, issues = clean_text(value)
        if raw.rule in LINE_RULES:
            issues = (*issues, Issue("unlabelled", f"no label says that this is of the field {field}; its shape and place do"))
        evidence = (Evidence(0, len(shown), shown, raw.rule, field),) if shown else ()
        status = Status.MATCHED if shown else Status.UNMATCHED
        return shown, Result(field, value, status, issues=issues, evidence=evidence, read_as=shown if shown != value else None)

    def decide(self, raw: RawField, result: Result, pointer: str | None = None) -> None:
        """Note what became of a value. ``pointer`` goes from the metadata down, as in "/languages/0"."""
        target = None if pointer is None else f"{ROOT}{pointer}"
        self._decisions.setdefault(id(raw), []).append(Decision(raw, result, target))

    def is_decided(self, raw: RawField) -> bool:
        """Tell whether anything was decided on a value."""
        return id(raw) in self._decisions

    def remark(self, code: str, detail: str, pointer: str) -> None:
        """Note an issue of the record as a whole."""
        self.issues.append(RecordIssue(Issue(code, detail), f"{ROOT}{pointer}"))

    def decisions(self, record: Record) -> Iterator[Decision]:
        """Give the decisions in the order of the record."""
        for raw in _leaves(record):
            yield from self._decisions.get(id(raw), ())

    def left(self, record: Record) -> Iterator[RawField]:
        """Give what was left: every value on which nothing was decided."""
        for raw in _leaves(record):
            if id(raw) not in self._decisions and (raw.value is not None or raw.reason):
                yield raw


def _leaves(record: Record) -> Iterable[RawField]:
    return (leaf for field in record.fields for leaf in field.leaves())


def describe(raw: RawField) -> dict[str, Any]:
    """Say where a value came from: its place, the name it was given, and the rule that told its field."""
    described = raw.place.as_json()
    if raw.name:
        described["name"] = raw.name
    if raw.rule:
        described["rule"] = raw.rule
    return described


def decision_as_json(decision: Decision) -> dict[str, Any]:
    """Turn a decision into JSON types: the result, with where the value came from and where it went."""
    return {"pointer": decision.pointer, "source": describe(decision.raw), **as_json(decision.result)}
