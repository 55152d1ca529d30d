"""The shapes of what the service answers, as its contract (``/openapi.json``) gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from typing_extensions import TypeIs  # in the standard library from Python 3.13

Status = Literal["matched", "ambiguous", "none", "unmatched"]


class Permissions(TypedDict):
    """What a license grants or asks; null where nothing is said."""

    commercial_use: bool | None
    derivatives: bool | None
    share_alike: bool | None
    attribution: bool | None


class License(TypedDict):
    """A license as far as the text states it."""

    family: str
    uri: str | None
    spdx: str | None
    version: str | None
    jurisdiction: str | None
    permissions: Permissions | None


class Candidate(TypedDict):
    """An answer that the text allows but does not settle."""

    identifier: str
    label: str | None
    reason: str | None


class Issue(TypedDict):
    """A doubt or remark; the code is for programs."""

    code: str
    detail: str


class Evidence(TypedDict):
    """A span of the text, in code points, and the rule that read it."""

    start: int
    end: int
    text: str
    rule: str
    yields: str


class Vocabulary(TypedDict):
    """The vocabulary that identifiers belong to."""

    name: str
    version: str


class Result(TypedDict):
    """What a text was read as, from what, and what stayed in doubt."""

    id: NotRequired[str]
    field: str
    text: str
    status: Status
    identifiers: list[str]
    method: str | None
    locale: NotRequired[str]
    license: NotRequired[License]
    candidates: list[Candidate]
    issues: list[Issue]
    evidence: list[Evidence]
    vocabulary: Vocabulary | None
    read_as: NotRequired[str]
    details: NotRequired[dict[str, Any]]


class Decision(Result):
    """A result with where its text came from, and where in the clean record it went."""

    pointer: str | None
    source: dict[str, Any]


class RecordAnswer(TypedDict):
    """A clean record, how it was decided, and all that is not in it."""

    metadata: dict[str, Any]
    decisions: list[Decision]
    unresolved: list[dict[str, Any]]
    unparsed: list[dict[str, Any]]
    issues: list[dict[str, Any]]
    versions: dict[str, str]


class Fault(TypedDict):
    """One thing wrong with a request, with a JSON pointer to it."""

    pointer: str
    detail: str


class Problem(TypedDict):
    """Why a request was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[Fault]


class LineProblem(Problem):
    """Why one record of a stream was not answered; ``line`` counts from 1 within what was sent at once."""

    line: int


def is_problem(answer: RecordAnswer | LineProblem) -> TypeIs[LineProblem]:
    """Tell a problem from the answer to a record."""
    return "metadata" not in answer
