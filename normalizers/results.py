"""What a reading answers: identifiers, what they were read from, and what stayed in doubt.

All values are immutable, so that a result can be cached and shared between requests. They are structs of msgspec rather than dataclasses:
one of thirteen members is made in a sixth of the time, and every text that is read makes some.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import orjson
from msgspec import Struct
from msgspec.json import Encoder
from msgspec.structs import force_setattr, replace


class Status(StrEnum):
    """How far a text was understood."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NONE = "none"
    UNMATCHED = "unmatched"


class Method(StrEnum):
    """By which kind of evidence an answer was reached."""

    IDENTIFIER = "identifier"
    URL = "url"
    CODE = "code"
    LABEL = "label"
    NAME = "name"
    CLAUSES = "clauses"
    OVERRIDE = "override"
    REPAIR = "repair"


class Evidence(Struct, frozen=True, gc=False):
    """A span of the text that was read, the rule that read it, and what the rule yields.

    ``start`` and ``end`` count code points of the text (of ``Result.read_as`` where the text was repaired).
    """

    start: int
    end: int
    text: str
    rule: str
    yields: str


class Issue(Struct, frozen=True, gc=False):
    """A typed doubt or remark about an answer; ``code`` is for programs, ``detail`` for people."""

    code: str
    detail: str


class Candidate(Struct, frozen=True, gc=False):
    """An answer that the text allows but does not settle."""

    identifier: str
    label: str | None = None
    reason: str | None = None


class Permissions(Struct, frozen=True, gc=False):
    """What a license grants or asks; ``None`` where the text does not say."""

    commercial_use: bool | None = None
    derivatives: bool | None = None
    share_alike: bool | None = None
    attribution: bool | None = None


class License(Struct, frozen=True, gc=False):
    """A license as far as the text states it; ``uri`` is null where no version is stated."""

    family: str
    uri: str | None = None
    spdx: str | None = None
    version: str | None = None
    jurisdiction: str | None = None
    permissions: Permissions | None = None


class VocabularyStamp(Struct, frozen=True, gc=False):
    """Name and version of the vocabulary that the identifiers belong to."""

    name: str
    version: str


Outcome = tuple[str, str, str | None, tuple[str, ...]]
"""What is counted of an answer: its field, status and method, and the codes of its issues."""

OPEN = frozenset({Status.UNMATCHED, Status.AMBIGUOUS})
"""The statuses of answers that leave something to decide."""


NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The details of an answer that has none."""


class _Kept:
    """Room for what a result is written and counted as. It follows from the members, so it is none of them: nothing compares it."""

    __slots__ = ("_outcome", "_written")
    _outcome: Outcome
    _written: bytes


class Result(_Kept, Struct, frozen=True):
    """The answer to one value of one field.

    ``identifiers`` are in the order of the text. ``details`` holds what only one field has (the broader concepts of a
    resource type, the facets beside it); its keys are fixed by that field's page in the documentation.
    """

    field: str
    text: str
    status: Status
    identifiers: tuple[str, ...] = ()
    method: Method | None = None
    locale: str | None = None
    license: License | None = None
    candidates: tuple[Candidate, ...] = ()
    issues: tuple[Issue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    vocabulary: VocabularyStamp | None = None
    read_as: str | None = None
    details: Mapping[str, Any] = NOTHING

    def with_issues(self, *more: Issue) -> Result:
        """Give the same answer with further remarks."""
        return replace(self, issues=(*self.issues, *more))

    def members(self) -> bytes:
        """Give the answer as JSON, without the brace before it, for whoever puts members of their own there.

        It is written once: an answer that the cache holds is asked for again and again.
        """
        try:
            return self._written
        except AttributeError:
            written = dump(self)[1:]
            force_setattr(self, "_written", written)
            return written

    def outcome(self) -> Outcome:
        """Give what is counted of the answer; it is put together once, too."""
        try:
            return self._outcome
        except AttributeError:
            method = self.method.value if self.method else None
            outcome = (self.field, self.status.value, method, tuple([issue.code for issue in self.issues]))
            force_setattr(self, "_outcome", outcome)
            return outcome


def dump(value: Any) -> bytes:
    """Write a result, or any part of one, as JSON: what ``as_json`` says, and much sooner."""
    return _encode(_members(value) if type(value) is Result else value)


def dump_json(content: Any) -> bytes:
    """Write JSON types; whole numbers of any size are kept."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _members(result: Result) -> dict[str, Any]:
    """Give the members of a result that are written."""
    members: dict[str, Any] = {
        "field": result.field,
        "text": result.text,
        "status": result.status.value,
        "identifiers": result.identifiers,
        "method": result.method,
    }
    if result.locale:
        members["locale"] = result.locale
    if result.license:
        members["license"] = result.license
    members["candidates"] = result.candidates
    members["issues"] = result.issues
    members["evidence"] = result.evidence
    members["vocabulary"] = result.vocabulary
    if result.read_as:
        members["read_as"] = result.read_as
    if result.details:
        members["details"] = result.details
    return members


def _plain(value: Any) -> Any:
    """Give what the encoder does not know by itself: the read-only mappings of details."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(value)


_encode = Encoder(enc_hook=_plain).encode


_OPTIONAL = frozenset({"license", "read_as", "details", "locale"})
_PLAIN = frozenset({str, int, float, bool, type(None)})


def as_json(value: Any) -> Any:
    """Turn a result, or any part of one, into JSON types; empty optional members are left out."""
    kind = type(value)
    return value if kind in _PLAIN else _writer(kind)(value)  # type: ignore[arg-type]  # any class can be hashed


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """Give what writes values of a class, so that a class is looked into once and not once a value."""
    if issubclass(kind, Struct):
        return _object_writer(kind)
    if issubclass(kind, StrEnum):
        return attrgetter("_value_")
    if issubclass(kind, Mapping):
        return lambda value: {key: as_json(member) for key, member in value.items()}
    return _list if issubclass(kind, tuple | list) else lambda value: value


def _object_writer(kind: type[Struct]) -> Callable[[Any], dict[str, Any]]:
    names = kind.__struct_fields__
    optional = tuple(name for name in names if name in _OPTIONAL) if kind is Result else ()

    def write(value: Any) -> dict[str, Any]:
        written = {}
        for name in names:
            member = getattr(value, name)
            if member or name not in optional:
                written[name] = member if type(member) in _PLAIN else as_json(member)
        return written

    return write


def _list(value: tuple[Any, ...] | list[Any]) -> list[Any]:
    return [member if type(member) in _PLAIN else as_json(member) for member in value]
