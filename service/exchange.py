"""What is known about one request while it is answered: its id, when it came, and what was read for it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from aiohttp import web

from normalizers import Method, RecordAnswer, Result
from normalizers.results import OPEN
from service.overload import Work
from service.tally import Tally

REQUEST_ID = "X-Request-ID"
UNMATCHED = "(unmatched)"
UNREADABLE = "(unreadable)"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as far as the log and the metrics speak of it.

    Where no key is asked for, everybody is the administrator.
    """

    request_id: str
    tally: Tally
    started: float = field(default_factory=perf_counter)
    items: int = 0
    faults: int = 0
    received: int = 0
    work: Work | None = None
    problem: str | None = None
    key: str | None = None
    is_admin: bool = True
    outcomes: dict[str, int] = field(default_factory=dict)
    terms: dict[tuple[str, str], tuple[int, str | None]] = field(default_factory=dict)

    def seconds(self) -> float:
        """Tell how long the request has taken so far."""
        return perf_counter() - self.started

    def note_result(self, result: Result, record: str | None = None) -> None:
        """Count one reading; ``record`` is the id of what it was read for, if that has one."""
        for noted in self._count((result,)):
            self._note_term(noted, record)

    def note_record(self, answer: RecordAnswer) -> None:
        """Count one record and every reading in it."""
        self.items += 1
        for code in answer.codes():
            self.tally.issues[code] += 1
        noted = self._count([result for _, result, _ in answer.decisions])
        if noted:
            record = record_id(answer.metadata)
            for result in noted:
                self._note_term(result, record)

    def _count(self, results: Iterable[Result]) -> list[Result]:
        """Count readings, and give those that are terms: values to decide on, or that were decided on."""
        tally, outcomes, noted = self.tally.outcomes, self.outcomes, []
        for result in results:
            _, status, method, _ = outcome = result.outcome()
            tally[outcome] += 1
            outcomes[status] = outcomes.get(status, 0) + 1
            if status in OPEN or method == _OVERRIDE:
                noted.append(result)
        return noted

    def _note_term(self, result: Result, record: str | None) -> None:
        """Note a value to decide on. A decision goes on being counted: how often it was heeded is how often it would be missed."""
        term = (_LICENSE if result.field == _COMPOSITE else result.field, result.text)
        count, example = self.terms.get(term, (0, None))
        self.terms[term] = (count + 1, example or record)


_COMPOSITE, _LICENSE = "rights", "license"
_OVERRIDE = Method.OVERRIDE.value
_LONGEST_ID = 255


def record_id(metadata: Mapping[str, Any]) -> str | None:
    """Give an identifier that a record states of itself, to find the record again by; never anything else of it."""
    for identifier in metadata.get("identifiers", ()):
        found: str = identifier.get("uri") or f"{identifier['scheme']}:{identifier['value']}"
        if len(found) <= _LONGEST_ID:
            return found
    return None


EXCHANGE = web.RequestKey("exchange", Exchange)


def open_exchange(request: web.BaseRequest, tally: Tally) -> Exchange:
    """Start the record of a request. An id that the client sent is kept if it can stand in a log line, else one is drawn."""
    given = request.headers.get(REQUEST_ID)
    return Exchange(given if given and _WELL_FORMED.fullmatch(given) else os.urandom(16).hex(), tally)


def route_of(request: web.BaseRequest) -> str:
    """Name the route of a request by its template, which holds nothing that a client wrote."""
    match = getattr(request, "match_info", None)
    resource = match.route.resource if match is not None else None
    return UNMATCHED if resource is None else str(resource.canonical)


def method_of(request: web.BaseRequest) -> str:
    """Name the method of a request, or OTHER for one that HTTP does not define."""
    return request.method if request.method in _METHODS else "OTHER"


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
