"""The client for programs that wait for each answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Self

from drets.client import questions
from drets.client.answers import LineProblem, RecordAnswer, Result
from drets.client.connections import Connection
from drets.client.jobs import Jobs
from drets.client.questions import Record, Value
from drets.client.retrying import Patience
from drets.client.terms import Terms


class Client:
    """Speaks with one service, and keeps connections to it open between calls; close it, or use it in a ``with``.

    Args:
        url: Address of the service.
        key: An API key, where the service asks for one.
        patience: How often and how long to try again. Every call may be repeated without harm.
        timeout: Seconds that the service may stay silent.

    Attributes:
        jobs: Files that are normalized in the background.
        terms: What stays unresolved, and decisions on it.
    """

    def __init__(self, url: str, *, key: str | None = None, patience: Patience | None = None, timeout: float = 60.0) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._connection = Connection(url, headers, patience or Patience(), timeout)
        self.jobs = Jobs(self._connection)
        self.terms = Terms(self._connection)

    def normalize(self, record: Record | str, *, detect: bool = False) -> RecordAnswer:
        """Normalize one record: an object with the keys of a repository, or the text of a page. Raises ProblemError."""
        return self._connection.ask(questions.normalize(record, detect=detect))

    def stream(self, records: Iterable[Record], *, detect: bool = False) -> Iterator[RecordAnswer | LineProblem]:
        """Normalize any number of records, in their order; a faulty one gets a problem in its place. Holds a few at a time."""
        for lines in questions.batches(records):
            yield from self._connection.ask(questions.normalize_batch(lines, detect=detect))

    def values(self, asked: Iterable[Value]) -> list[Result]:
        """Read values, in their order. Raises ProblemError."""
        return self._connection.ask(questions.values(asked))

    def value(self, field: str, text: str, **options: Any) -> Result:
        """Read one value; takes what a ``Value`` takes. Raises ProblemError."""
        return self.values([Value(id="", field=field, text=text, **options)])[0]

    def reconcile(self, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """Answer a batch of reconciliation queries by their keys. Raises ProblemError."""
        return self._connection.ask(questions.reconcile(queries))

    def vocabularies(self) -> dict[str, str]:
        """Give the version of each vocabulary."""
        return {item["name"]: item["version"] for item in self._connection.ask(questions.look("v1/vocabularies"))["vocabularies"]}

    def locales(self) -> list[str]:
        """List the tags of the locales."""
        return [item["tag"] for item in self._connection.ask(questions.look("v1/locales"))["locales"]]

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
