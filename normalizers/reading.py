"""What every reader of a field is given and answers: the seam between the registry and the fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from normalizers.folding import Folded, Respelt, fold, fold_words
from normalizers.results import Candidate, Evidence, Issue, Result, Status


class Wishes(Struct, frozen=True):
    """What a caller asks for beyond what a text states; every answer that follows a wish says so.

    ``assume_version`` is the version of a licence that states none; with ``most_restrictive``, of several licences in one
    text the one is answered that binds the user in every respect at least as much as each of the others.
    """

    assume_version: str | None = None
    most_restrictive: bool = False


NO_WISHES = Wishes()


class Query(Struct, eq=False):
    """One text to read as one field; ``locale`` is the tag of the language it is written in, where the caller knows.

    Nobody changes one but to note what was folded.
    """

    field: str
    text: str
    locale: str | None = None
    wishes: Wishes = NO_WISHES
    _folded: Folded | None = None
    _key: str | None = None

    def __eq__(self, other: object) -> bool:
        """Tell whether the same is asked."""
        return isinstance(other, Query) and self._asked() == other._asked()

    def __hash__(self) -> int:
        """Let what was read for a question be kept under it."""
        return hash(self._asked())

    def _asked(self) -> tuple[str, str, str | None, Wishes]:
        return self.field, self.text, self.locale, self.wishes

    @property
    def folded(self) -> Folded:
        """The folded text, made once for all who look at it."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    @property
    def key(self) -> str:
        """What ``fold_key`` makes of the text, made once, too, but not kept for other texts."""
        if self._key is None:
            self._key = " ".join(fold_words(self.text))
        return self._key

    def as_field(self, field: str) -> Query:
        """Ask the same text for another field; it is not folded again."""
        if field == self.field:
            return self
        other = Query(field, self.text, self.locale, self.wishes)
        other._folded, other._key = self.folded, self._key
        return other

    def respelt(self, words: Sequence[tuple[int, int, str]]) -> Query:
        """Ask the same text with other words at some spans of the folded text."""
        other = Query(self.field, self.text, self.locale, self.wishes)
        other._folded = Respelt(self.folded, words)
        return other

    def evidence(self, start: int, end: int, rule: str, yields: str) -> Evidence:
        """Quote a span of the text as evidence."""
        return Evidence(start, end, self.text[start:end], rule, yields)

    def folded_evidence(self, start: int, end: int, rule: str, yields: str) -> Evidence:
        """Quote the original text behind a span of the folded text as evidence."""
        begin, stop = self.folded.span(start, end)
        return Evidence(begin, stop, self.text[begin:stop], rule, yields)

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
