"""The lines of ``drets values``: a request in, an answer out, one for one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bulk.json_text import JSONFaultError, dump_line, parse_json
from bulk.terminal import visible
from normalizers import Issue, Result, Status, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulk.lines import Line
    from normalizers import Registry


@dataclass(frozen=True, slots=True)
class ValueRequest:
    """A text to read as a field; ``id`` is any JSON value of the caller's, and comes back as it was."""

    id: Any
    field: str
    text: str
    locale: str | None


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line; ``id`` is null where it could not be read, ``pointer`` (RFC 6901) names the member at fault."""

    id: Any
    title: str
    detail: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to some lines, as the output takes them, and how many there are of each kind."""

    block: bytes
    read: int
    faulty: int


def answer_lines(registry: Registry, lines: Iterable[Line]) -> Answered:
    """Answer every line that is not blank; a faulty one gets its fault as the answer."""
    answers = []
    faulty = 0
    for line in lines:
        if not line.raw.strip():
            continue
        request = _parse(line, registry.fields)
        if isinstance(request, LineFault):
            faulty += 1
            answers.append(_fault_answer(request, line.number))
        else:
            answers.append(_answer(registry, request))
    return Answered(b"".join(answers), len(answers), faulty)


def damage_answer(detail: str, number: int) -> bytes:
    """Answer in place of all lines behind the point from which an input cannot be read."""
    return _fault_answer(LineFault(None, "Damaged input", detail), number)


def _parse(line: Line, fields: tuple[str, ...]) -> ValueRequest | LineFault:
    if line.is_cut:
        return LineFault(None, "Line too long", f"the line has {line.length:,} bytes")
    try:
        content = parse_json(line.raw)
    except JSONFaultError as fault:
        return LineFault(None, "Malformed line", str(fault))
    if not isinstance(content, dict):
        return LineFault(None, "Not a request", "a line is an object with the members id, field and text")
    return _request(content, _identity(line, content), fields)


def _identity(line: Line, content: dict[str, Any]) -> Any:
    identity = content.get("id")
    # A float may stand for a whole number of more than 64 bits; json keeps it.
    return json.loads(line.raw)["id"] if isinstance(identity, float) else identity


def _request(content: dict[str, Any], identity: Any, fields: tuple[str, ...]) -> ValueRequest | LineFault:
    for name in ("field", "text"):
        if name not in content:
            return LineFault(identity, "Missing member", f"the line has no {name!r}", f"/{name}")
        if not isinstance(content[name], str):
            return LineFault(identity, "Wrong type", f"{name!r} must be a string", f"/{name}")
    if content["field"] not in fields:
        return LineFault(identity, "Unknown field", f"unknown field {content['field']!r}; known fields: {', '.join(fields)}", "/field")
    locale = content.get("locale")
    if locale is not None and not isinstance(locale, str):
        return LineFault(identity, "Wrong type", "'locale' must be a string or null", "/locale")
    return ValueRequest(identity, content["field"], content["text"], locale)


def _answer(registry: Registry, request: ValueRequest) -> bytes:
    try:
        answer = as_json(registry.normalize(request.field, request.text, locale=request.locale))
        return dump_line({"id": request.id, **answer})
    except Exception as fault:  # noqa: BLE001 -- the last line of defence: a fault of ours in one text must not cost the others their answers
        click.echo(visible(f"drets: a fault of drets, please report it: {request.field} {request.text!r}: {fault!r}"), err=True)
        issue = Issue("internal_error", "drets failed on this text")
        answer = as_json(Result(request.field, request.text, Status.UNMATCHED, issues=(issue,)))
        return dump_line({"id": request.id, **answer})


def _fault_answer(fault: LineFault, number: int) -> bytes:
    error = {"title": fault.title, "detail": fault.detail} | ({"pointer": fault.pointer} if fault.pointer else {})
    return dump_line({"id": fault.id, "line": number, "error": error})
