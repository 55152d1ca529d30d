"""Where a part of a record is worked on: asks the readers, and notes what is decided on each value."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from normalizers.citations import CitationReader
from normalizers.extents import ExtentReader
from normalizers.records.answer import ROOT, Decision, RecordIssue, make_decision
from normalizers.records.counts import CountReader
from normalizers.records.function_words import FunctionWords
from normalizers.records.model import RawField
from normalizers.records.persons import NameTaker
from normalizers.records.texts import TextTaker
from normalizers.repair import repair
from normalizers.results import Issue, Result, Status


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


class Readers(Struct, frozen=True):
    """Everything that reads values for a record."""

    normalize: FieldReader
    names: NameTaker
    citations: CitationReader
    extents: ExtentReader
    identifiers: SchemeReader
    counts: CountReader
    function_words: FunctionWords
    texts: TextTaker


class Desk:
    """The work on a part of a record. ``hint`` is the locale that breaks ties; it is asked for only where there is a tie.

    ``has_tie`` tells whether there was one: where there was none, another hint would have changed nothing.
    """

    def __init__(self, readers: Readers, hint: str | None = None) -> None:
        self.readers = readers
        self.decisions: list[Decision] = []
        self.issues: list[RecordIssue] = []
        self.has_tie = False
        self._hint = hint

    def ask(self, field: str, text: str) -> Result:
        """Read a text as a field; where the answer is ambiguous and the record's locale settles it, say so."""
        result = self.readers.normalize(field, text)
        if result.status is not Status.AMBIGUOUS:
            return result
        self.has_tie = True
        if self._hint is None:
            return result
        settled = self.readers.normalize(field, text, locale=self._hint)
        if settled.status is Status.AMBIGUOUS:
            return result
        note = Issue("locale_hint", f"ambiguous by itself; read as {self._hint}, the language of the record's other names and values")
        return settled.with_issues(note)

    def ask_identifier(self, text: str, scheme: str) -> Result:
        """Read a text as identifiers of a scheme, mended first as the registry would."""
        mended = repair(text)
        result = self.readers.identifiers.read_as(mended, scheme)
        if mended == text:
            return result
        return replace(result, text=text, read_as=mended, issues=(*result.issues, Issue("repaired", "damage by software was mended")))

    def text(self, raw: RawField, field: str) -> tuple[str, Result]:
        """Take a text as it is, cleaned; the answer quotes the whole of it under the rule that told which field it is."""
        return self.readers.texts.take(raw.value or "", raw.rule, field)

    def decide(self, raw: RawField, result: Result, pointer: str | None = None) -> None:
        """Note what became of a value. ``pointer`` goes from the metadata down, as in "/languages/0"."""
        self.decisions.append(make_decision((raw, result, None if pointer is None else ROOT + pointer)))

    def remark(self, code: str, detail: str, pointer: str) -> None:
        """Note an issue of the record as a whole."""
        self.issues.append(RecordIssue(Issue(code, detail), ROOT + pointer))
