"""From the bytes of a body to a text or a JSON document, strictly: nothing is replaced, guessed or dropped."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import orjson

from normalizers.records.json_syntax import may_repeat_keys
from service.limits import Limits, check_document, pointer_to, walk
from service.problems import Fault, malformed

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def parse_text(body: bytes) -> str:
    """Decode a body that is UTF-8, with or without a byte order mark.

    Raises:
        ProblemError: 400 for an empty body, or one that is not UTF-8.
    """
    body = _without_mark(body)
    try:
        return body.decode()
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        detail = f"The body is not UTF-8: byte {fault.start}, on line {line}, does not fit."
        raise malformed(detail, Fault("", detail)) from None


def parse_json(body: bytes, limits: Limits) -> Any:
    """Parse a body that is JSON, and hold it to its limits.

    A key that occurs twice in one object is refused: a parser keeps the last one without a word, and the one it drops may be
    the one that forbids (RFC 8259 section 4, RFC 7493 section 2.3).

    Raises:
        ProblemError: 400 for what is not JSON, goes too deep or repeats a key; 422 for texts that are too many or too long.
    """
    body = _without_mark(body)
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as fault:
        parse_text(body)
        detail = f"The body is not JSON: {fault.msg}, at line {fault.lineno}, column {fault.colno}."
        raise malformed(detail, Fault("", detail)) from None
    keys = check_document(document, limits)
    if may_repeat_keys(body, keys):
        _check_keys(body)
    return document


def _without_mark(body: bytes) -> bytes:
    body = body.removeprefix(_BYTE_ORDER_MARK)
    if not body.strip():
        raise malformed("The body is empty.", Fault("", "The body is empty."))
    return body


def _check_keys(body: bytes) -> None:
    """Refuse a key that occurs twice. The standard parser is the one that tells; how deep it must go is known by now."""
    doubled: dict[int, tuple[dict[str, Any], str]] = {}

    def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            # The object is kept beside its identity, which is worth something only while the object lives.
            doubled[id(members)] = (members, counts.most_common(1)[0][0])
        return members

    document = json.loads(body, object_pairs_hook=collect, parse_int=float)
    if doubled:
        # An object that a doubled key dropped is nowhere in the document; the one that dropped it is.
        places = (pointer_to((*path, doubled[id(node)][1])) for path, node in walk(document) if id(node) in doubled)
        raise malformed("A key occurs twice in one object.", *(Fault(place, "The key occurs twice.") for place in places))
