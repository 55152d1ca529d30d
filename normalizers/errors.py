"""Errors of the library: each is a fault of its data or of its caller, never of a text it was asked to read."""

from __future__ import annotations

from msgspec import Struct


class NormalizerError(Exception):
    """Base of every error that this library raises on purpose."""


class UnknownFieldError(NormalizerError):
    """The caller named a field that no reader answers for."""

    def __init__(self, field: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown field {field!r}; known fields: {', '.join(known)}")
        self.field = field
        self.known = known


class MissingExtraError(NormalizerError):
    """A part of drets that is installed only on demand is not there."""


class RecordSyntaxError(NormalizerError):
    """A record is not what its declared format says it is."""

    def __init__(self, detail: str, pointer: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer


class MalformedRecordError(RecordSyntaxError):
    """What came is not even in the syntax that its format is written in: no XML, no MARC, not in its encoding."""


class Fault(Struct, frozen=True):
    """One mistake in a data file: where it is, and what is wrong with it."""

    file: str
    line: int
    key: str
    detail: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.detail}" if self.key else f"{self.file}:{self.line}: {self.detail}"


class DataFileError(NormalizerError):
    """Data files are faulty. Carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class LocaleDataError(DataFileError):
    """Locale files break their schema, or two of them contradict each other."""


class VocabularyError(DataFileError):
    """Vocabulary files break their schema, or name a concept that does not exist."""


class MappingFileError(DataFileError):
    """A user's file of own names breaks its form, or names a field that does not exist."""


class SchemaTableError(DataFileError):
    """Tables of schemas, or a mapping file of a user, break their format or name a field that does not exist."""
