"""Every error the service answers with, as RFC 9457 ``application/problem+json``: the only module that writes error bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any

import orjson
from aiohttp import hdrs, web

CONTENT_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:drets:problem:"
MOST_FAULTS = 50
"""So that a request with a million faults does not get a million back."""


class Kind(Enum):
    """The kinds of problem, each with its HTTP status and its title; ``docs/http.md`` explains them.

    ``slug`` is the name of the kind, as the type of the problem and the log say it.
    """

    MALFORMED = (400, "The request cannot be read")
    UNAUTHORIZED = (401, "A key is asked for")
    FORBIDDEN = (403, "The key is not for this")
    NOT_FOUND = (404, "There is nothing at this address")
    METHOD_NOT_ALLOWED = (405, "This address does not take that method")
    NOT_ACCEPTABLE = (406, "There is no answer of a type that the client takes")
    TIMEOUT = (408, "The request did not arrive in time")
    CONFLICT = (409, "The request does not fit to how things stand")
    GONE = (410, "What was here is gone")
    PRECONDITION_FAILED = (412, "What is here is not what the request is for")
    TOO_LARGE = (413, "The request is too large")
    ADDRESS_TOO_LONG = (414, "The address is too long")
    UNSUPPORTED_TYPE = (415, "The body is of a type that is not read here")
    RANGE_NOT_SATISFIABLE = (416, "There is no such part of the file")
    EXPECTATION_FAILED = (417, "The Expect header asks for something unknown")
    INVALID = (422, "The request can be read but not answered")
    TOO_MANY = (429, "There are too many requests")
    HEADER_TOO_LARGE = (431, "A header is too large")
    INTERNAL = (500, "The service failed")
    NOT_INSTALLED = (501, "The service was set up without this")
    NOT_READY = (503, "The service is not ready")
    OVERLOADED = (503, "The service is too busy")
    FULL = (507, "There is no room left")

    def __init__(self, status: int, title: str) -> None:
        self.status = status
        self.title = title
        self.slug = self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: a JSON pointer (RFC 6901) to the place, and what is wrong there.

    A GET has no document to point into; its pointers start with ``/query/`` or ``/path/``.
    """

    pointer: str
    detail: str


class ProblemError(Exception):
    """Ends a request with a problem. What it says goes to the client, and must name no cause inside the service."""

    def __init__(self, kind: Kind, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})


def malformed(detail: str, *faults: Fault) -> ProblemError:
    """Say that the body or address breaks its own syntax."""
    return ProblemError(Kind.MALFORMED, detail, faults)


def too_large(detail: str) -> ProblemError:
    """Say that a body is longer than the service reads."""
    return ProblemError(Kind.TOO_LARGE, detail)


def invalid(*faults: Fault) -> ProblemError:
    """Say that a document is well-formed and yet not what the address takes."""
    more = f" The first {MOST_FAULTS} are listed." if len(faults) > MOST_FAULTS else ""
    return ProblemError(Kind.INVALID, f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} found.{more}", faults)


def internal() -> ProblemError:
    """Say that the service failed, and nothing about why: the log knows."""
    return ProblemError(Kind.INTERNAL, "The cause is in the log of the service, under the request id.")


def store_unreachable() -> ProblemError:
    """Say that the database does not answer; readings need none and go on."""
    return ProblemError(Kind.NOT_READY, "The store does not answer.", headers={hdrs.RETRY_AFTER: "2"})


def objects_unreachable() -> ProblemError:
    """Say that the store of objects does not answer; a file can be uploaded all the same."""
    return ProblemError(Kind.NOT_READY, "The store of objects does not answer.", headers={hdrs.RETRY_AFTER: "10"})


def from_status(status: int) -> ProblemError:
    """Give the problem for an error status that aiohttp itself answers with."""
    found = next((kind for kind in Kind if kind.status == status), None)
    if found is not None:
        return internal() if found is Kind.INTERNAL else ProblemError(found, f"{found.title}.")
    fallback = Kind.INTERNAL if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Kind.MALFORMED
    return ProblemError(fallback, f"{fallback.title}.")


def from_http_exception(refusal: web.HTTPException) -> ProblemError:
    """Give the problem for an error that aiohttp raised; a refused method keeps the list of those allowed."""
    if not isinstance(refusal, web.HTTPMethodNotAllowed):
        return from_status(refusal.status)
    allowed = ", ".join(sorted({hdrs.METH_OPTIONS, *refusal.allowed_methods}))
    return ProblemError(Kind.METHOD_NOT_ALLOWED, f"The methods here are {allowed}.", headers={hdrs.ALLOW: allowed})


def members(problem: ProblemError, request_id: str) -> dict[str, Any]:
    """Give the members of a problem object, for a body of its own or for a line of a stream."""
    return {
        "type": f"{TYPE_PREFIX}{problem.kind.slug}",
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "request_id": request_id,
        "errors": [{"pointer": fault.pointer, "detail": fault.detail} for fault in problem.faults[:MOST_FAULTS]],
    }


def response(problem: ProblemError, request_id: str) -> web.Response:
    """Answer a request with a problem."""
    body = orjson.dumps(members(problem, request_id))
    return web.Response(status=problem.kind.status, body=body, content_type=CONTENT_TYPE, headers=problem.headers)
