"""The lines of ``drets values``: a request in, an answer out, one for one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from bulk.json_text import JSONFaultError, dump_line, parse_json
from bulk.terminal import visible
from normalizers import Issue, Result, Status, as_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulk.lines import Line
    from normalizers import Registry

_KEPT = 16_384
_SHORT = 1_000
"""At most so many answers are kept, and only to texts of at most so many characters: some tens of megabytes."""


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


class ValueAnswers:
    """Answers lines. The answers to values that repeat are kept as they are written: writing one takes longer than finding it."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._kept = lru_cache(maxsize=_KEPT)(self._write)

    def answer(self, lines: Iterable[Line]) -> Answered:
        """Answer every line that is not blank; a faulty one gets its fault as the answer."""
        answers = []
        faulty = 0
        for line in lines:
            if not line.raw.strip():
                continue
            request = parse_request(line, self._registry.fields)
            if isinstance(request, LineFault):
                faulty += 1
                answers.append(_fault_answer(request, line.number))
            else:
                answers.append(self._answer(request))
        return Answered(b"".join(answers), len(answers), faulty)

    def _answer(self, request: ValueRequest) -> bytes:
        write = self._kept if len(request.text) <= _SHORT else self._write
        identity = dump_line(request.id).removesuffix(b"\n")
        return b'{"id":' + identity + b"," + write(request.field, request.text, request.locale)

    def _write(self, field: str, text: str, locale: str | None) -> bytes:
        """Write the line of an answer behind its id."""
        try:
            result = self._registry.normalize(field, text, locale=locale)
        except Exception as fault:  # noqa: BLE001 -- the last line of defence: a fault of ours in one text must not cost the others their answers
            click.echo(visible(f"drets: a fault of drets, please report it: {field} {text!r}: {fault!r}"), err=True)
            result = Result(field, text, Status.UNMATCHED, issues=(Issue("internal_error", "drets failed on this text"),))
        return dump_line(as_json(result)).removeprefix(b"{")


def damage_answer(detail: str, number: int) -> bytes:
    """Answer in place of all lines behind the point from which an input cannot be read."""
    return _fault_answer(LineFault(None, "Damaged input", detail), number)


def parse_request(line: Line, fields: tuple[str, ...]) -> ValueRequest | LineFault:
    """Read one line as a request, or say what is wrong with it."""
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


def _fault_answer(fault: LineFault, number: int) -> bytes:
    error = {"title": fault.title, "detail": fault.detail} | ({"pointer": fault.pointer} if fault.pointer else {})
    return dump_line({"id": fault.id, "line": number, "error": error})
