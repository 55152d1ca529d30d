"""One record from bytes to its clean answer: the step between a body, or a line of a stream, and the library."""

from __future__ import annotations

from typing import Any

from normalizers import RecordSyntaxError, Registry
from service.documents import parse_json, parse_text
from service.limits import Limits, check_page
from service.problems import Fault, invalid


def read_page(registry: Registry, body: bytes, limits: Limits) -> dict[str, Any]:
    """Read a page of labelled lines as one record.

    Raises:
        ProblemError: 400 for what is not UTF-8 or empty, 422 for what is over a limit.
    """
    text = parse_text(body)
    check_page(text, limits)
    try:
        return registry.normalize_record(text, format="text")
    except RecordSyntaxError as fault:
        raise invalid(Fault(fault.pointer, fault.detail)) from None


def read_object(registry: Registry, body: bytes, limits: Limits) -> dict[str, Any]:
    """Read a JSON object as one record.

    Raises:
        ProblemError: 400 for what is not JSON, 422 for what is not a record or over a limit.
    """
    document = parse_json(body, limits)
    if not isinstance(document, dict):
        raise invalid(Fault("", "A record is an object."))
    try:
        return registry.normalize_record(document, format="json")
    except RecordSyntaxError as fault:
        raise invalid(Fault(fault.pointer, fault.detail)) from None
