"""What every reader of a field is given and answers: the seam between the registry and the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from normalizers.folding import Folded, Respelt, fold
from normalizers.results import Candidate, Evidence, Issue, Result, Status


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a caller asks for beyond what a text states; every answer that follows a wish says so.

    ``assume_version`` is the version of a licence that states none; with ``most_restrictive``, of several licences in one
    text the one is answered that binds the user in every respect at least as much as each of the others.
    """

    assume_version: str | None = None
    most_restrictive: bool = False


class _Folding:
    """The folded text, made once for all who look at it.

    Until Python 3.12 a ``cached_property`` takes a lock, which takes longer than to fold a short text.
    """

    def __get__(self, query: Query, owner: type[Query]) -> Folded:
        folded = query.__dict__["folded"] = fold(query.text)
        return folded


@dataclass(frozen=True)
class Query:
    """One text to read as one field; ``locale`` is the tag of the language it is written in, where the caller knows."""

    field: str
    text: str
    locale: str | None = None
    wishes: Wishes = Wishes()

    folded = _Folding()

    def as_field(self, field: str) -> Query:
        """Ask the same text for another field; it is not folded again."""
        if field == self.field:
            return self
        other = Query(field, self.text, self.locale, self.wishes)
        other.__dict__["folded"] = self.folded
        return other

    def respelt(self, words: Sequence[tuple[int, int, str]]) -> Query:
        """Ask the same text with other words at some spans of the folded text."""
        other = Query(self.field, self.text, self.locale, self.wishes)
        other.__dict__["folded"] = Respelt(self.folded, words)
        return other

    def evidence(self, start: int, end: int, rule: str, yields: str) -> Evidence:
        """Quote a span of the text as evidence."""
        return Evidence(start, end, self.text[start:end], rule, yields)

    def folded_evidence(self, start: int, end: int, rule: str, yields: str) -> Evidence:
        """Quote the original text behind a span of the folded text as evidence."""
        return self.evidence(*self.folded.span(start, end), rule, yields)

    def unmatched(self, *issues: Issue) -> Result:
        """Answer that the text was not understood."""
        return Result(self.field, self.text, Status.UNMATCHED, issues=issues)

    def ambiguous(self, candidates: tuple[Candidate, ...], *issues: Issue, evidence: tuple[Evidence, ...] = ()) -> Result:
        """Answer that the text allows several answers and settles none."""
        return Result(self.field, self.text, Status.AMBIGUOUS, candidates=candidates, issues=issues, evidence=evidence)


class Reader(Protocol):
    """Reads texts of one field. Pure: the same query always gets the same answer, and no text makes it raise."""

    @property
    def field(self) -> str:
        """Name of the field, as callers say it."""
        ...

    def read(self, query: Query) -> Result:
        """Read one text."""
        ...
