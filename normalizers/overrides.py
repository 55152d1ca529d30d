"""What people decided that a text means, laid over what the readers make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.results import Evidence, Method, Result, Status, as_json

OVERRIDABLE = ("language", "resource_type", "version", "peer_review", "license", "access_right", "rights_statement")
"""Fields whose answers come from a closed vocabulary, so that a decision can be checked against it."""

COMPOSITE = "rights"
"""Asks several of them about one text: a decision on any is heeded there."""

_PARTS = tuple(field for field in OVERRIDABLE if field in {"license", "access_right", "rights_statement"})
_RULE = "override"


class Override(Struct, frozen=True):
    """A decision on every text of a field that folds to ``key``; without an identifier, that it states no such thing."""

    field: str
    key: str
    identifier: str | None


class FieldReader(Protocol):
    """Reads one text as one field."""

    def __call__(self, field: str, text: str) -> Result:
        """Read a text."""
        ...


class Overlay:
    """Answers texts that were decided on. Immutable.

    An identifier is answered with what the field itself reads from it (its license, its vocabulary); one that the field does not
    read is left out, since a vocabulary may have changed after the decision.
    """

    def __init__(self, overrides: Iterable[Override] = (), read: FieldReader | None = None) -> None:
        made = {(override.field, override.key): _template(override, read) for override in overrides if read is not None}
        self._answers: Mapping[tuple[str, str], Result] = MappingProxyType({key: found for key, found in made.items() if found})

    def __len__(self) -> int:
        """Count the decisions that are heeded."""
        return len(self._answers)

    def apply(self, field: str, text: str, answer: Result) -> Result:
        """Give the answer that was decided for a text, or else the one that was read."""
        key = fold_key(text)
        if field == COMPOSITE:
            return self._apply_parts(key, text, answer)
        return _about(self._answers.get((field, key)), text) or answer

    def _apply_parts(self, key: str, text: str, answer: Result) -> Result:
        found = {field: decided for field in _PARTS if (decided := _about(self._answers.get((field, key)), text))}
        if not found:
            return answer
        beside = {field: as_json(decided) for field, decided in found.items() if field != "license"}
        combined = {**answer.details, **beside}
        if "license" in found:
            return replace(found["license"], field=COMPOSITE, details=MappingProxyType(combined))
        # As where the text itself says of access and no license: there is none, and that was understood.
        status = Status.NONE if answer.status is Status.UNMATCHED else answer.status
        return replace(answer, status=status, details=MappingProxyType(combined))


def term_key(text: str) -> str:
    """Fold a text to the key that a decision on it is kept under; empty where nothing of it is a word."""
    return fold_key(text)


def _template(override: Override, read: FieldReader) -> Result | None:
    if override.identifier is None:
        return Result(override.field, "", Status.NONE, method=Method.OVERRIDE)
    found = read_identifier(override.field, override.identifier, read)
    return None if found is None else replace(found, method=Method.OVERRIDE, locale=None, read_as=None)


def read_identifier(field: str, identifier: str, read: FieldReader) -> Result | None:
    """Read an identifier as the answer that it is; None where the field does not know it, or would answer with another.

    A code of a language that is also a name of another is ambiguous as a text, and as a decision is not.
    """
    found = read(field, identifier)
    if found.status is Status.MATCHED and found.identifiers == (identifier,):
        return found
    if found.license is None and any(candidate.identifier == identifier for candidate in found.candidates):
        return replace(found, status=Status.MATCHED, identifiers=(identifier,), candidates=(), issues=())
    return None


def _about(template: Result | None, text: str) -> Result | None:
    if template is None:
        return None
    yields = template.identifiers[0] if template.identifiers else Status.NONE.value
    return replace(template, text=text, evidence=(Evidence(0, len(text), text, _RULE, yields),))
