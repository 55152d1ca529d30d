"""The shapes of what the service tells of terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from drets.client.answers import Status

TermState = Literal["open", "decided", "ignored", "all"]
Verdict = Literal["identifier", "none", "ignore"]
"""What may be decided: a term means an identifier, or states that there is none, or is not worth a decision."""


class Ruling(TypedDict):
    """What was decided, by whom, why and when."""

    decision: Verdict
    identifier: str | None
    author: str
    note: str
    decided: str


Suggestion = TypedDict("Suggestion", {"identifier": str, "label": str | None, "score": float | None, "from": str})
"""An identifier that may be meant, and how alike its name is, of 100."""


class Hint(TypedDict):
    """Another field in which the text is understood."""

    field: str
    status: Status
    identifiers: list[str]


class Term(TypedDict):
    """A term: how often it was met, when, in what; and what was decided, if anything was."""

    field: str
    key: str
    folded: str
    text: str
    count: int
    first_seen: str | None
    last_seen: str | None
    example: str | None
    sources: dict[str, int]
    decision: Ruling | None
    suggestions: NotRequired[list[Suggestion]]
    hints: NotRequired[list[Hint]]


class Reading(TypedDict):
    """How a term is answered."""

    status: Status
    identifiers: list[str]


class Impact(TypedDict):
    """What a decision would change: of so many values met in the last days, so many would be answered otherwise."""

    before: Reading
    after: Reading
    days: int
    met: int
    changed: int


class AuditEntry(TypedDict):
    """What somebody decided or withdrew."""

    id: int
    time: str
    action: Literal["decide", "withdraw"]
    field: str
    key: str
    text: str
    decision: Verdict | None
    identifier: str | None
    author: str
    note: str


@dataclass(frozen=True, slots=True)
class TermAddress:
    """The field and key of a term, under which the service knows it."""

    field: str
    key: str

    @classmethod
    def of(cls, term: Term | TermAddress) -> TermAddress:
        """Take the address from a term that the service told of."""
        return term if isinstance(term, TermAddress) else cls(term["field"], term["key"])
