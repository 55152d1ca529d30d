"""What a client asks: each question is one request, and how its answer is read. Both clients ask the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Generic, TypeVar, cast

import httpx

from drets.client.answers import LineProblem, RecordAnswer, Result
from drets.client.errors import ClientError, ProblemError, UnreachableError
from drets.client.uploads import Upload

T = TypeVar("T")
BATCH_BYTES = 65_536
"""Records are sent in pieces of this size. So much fits into the buffers on the way, and the service can never wait for a client
to read that itself waits for the service to read."""

Record = Mapping[str, Any]
Query = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One text, the field to read it as, and the id that its result carries."""

    id: str
    field: str
    text: str
    locale: str | None = None
    assume_version: str | None = None
    most_restrictive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[T]):
    """One request, and what is made of the answer."""

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    content: bytes | Upload | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list, and where the next one is."""

    members: list[T]
    following: str | None


def normalize(record: Record | str, *, detect: bool) -> Question[RecordAnswer]:
    """Ask for one record: an object with the keys of a repository, or the text of a page."""
    is_page = isinstance(record, str)
    content = record.encode() if isinstance(record, str) else json.dumps(record, ensure_ascii=False).encode()
    return Question(
        method="POST",
        path="v1/normalize",
        content=content,
        headers={"Content-Type": "text/plain; charset=utf-8" if is_page else "application/json"},
        query=_wishes(detect=detect),
        read=read_json,
    )


def normalize_batch(lines: list[bytes], *, detect: bool) -> Question[list[RecordAnswer | LineProblem]]:
    """Ask for some records at once, a line each."""

    def read(response: httpx.Response) -> list[RecordAnswer | LineProblem]:
        answers = [json.loads(line) for line in response.content.splitlines()]
        if len(answers) != len(lines):
            raise ClientError(f"{len(lines)} records were sent, and {len(answers)} answers came")
        return answers

    return Question(
        method="POST",
        path="v1/normalize/stream",
        content=b"".join(lines),
        headers={"Content-Type": "application/x-ndjson"},
        query=_wishes(detect=detect),
        read=read,
    )


def batches(records: Iterable[Record]) -> Iterator[list[bytes]]:
    """Write records as lines, and cut them into pieces that are sent at once."""
    batch = Batch()
    for record in records:
        if full := batch.add(record):
            yield full
    if batch.lines:
        yield batch.lines


class Batch:
    """Lines that wait to be sent."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self._size = 0

    def add(self, record: Record) -> list[bytes]:
        """Take one more record; gives the lines before it where it would be too much for one piece."""
        line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        full: list[bytes] = []
        if self.lines and self._size + len(line) > BATCH_BYTES:
            full, self.lines, self._size = self.lines, [], 0
        self.lines.append(line)
        self._size += len(line)
        return full


def values(asked: Iterable[Value]) -> Question[list[Result]]:
    """Ask for values."""
    stated = [{name: member for name, member in asdict(value).items() if member not in (None, False)} for value in asked]
    return Question(
        method="POST",
        path="v1/values",
        content=json.dumps({"values": stated}, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json"},
        read=lambda response: cast("list[Result]", response.json()["values"]),
    )


def reconcile(queries: Mapping[str, Mapping[str, Any]]) -> Question[dict[str, Any]]:
    """Ask for reconciliation, as OpenRefine does."""
    return Question(
        method="POST",
        path="reconcile",
        content=str(httpx.QueryParams({"queries": json.dumps(queries, ensure_ascii=False)})).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        read=read_json,
    )


def look(path: str) -> Question[dict[str, Any]]:
    """Ask for what stands at an address."""
    return Question(method="GET", path=path, read=read_json)


def give_up(attempts: int, response: httpx.Response | None) -> ClientError:
    """Make the error that ends a call, of the last answer or of there being none."""
    if response is None:
        return UnreachableError(f"no answer after {attempts} tries")
    if response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return ProblemError(response.json())
    return ClientError(f"{response.status_code} {response.reason_phrase} from {response.url}")


def read_json(response: httpx.Response) -> Any:
    """Read an answer as JSON."""
    return response.json()


def read_nothing(_response: httpx.Response) -> None:
    """Read an answer that holds nothing."""


def _wishes(*, detect: bool) -> Query:
    return {"detect": "true"} if detect else {}
