"""Reads MARC 21 in its transmission format (ISO 2709, through pymarc) and in JSON."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pymarc
from pymarc.exceptions import PymarcException

from normalizers.errors import MalformedRecordError
from normalizers.records.json_syntax import load_object
from normalizers.records.mapping import SchemaReader
from normalizers.records.marc.directory import UNNAMED, fit_directory
from normalizers.records.marc.trees import from_marc21, from_marc_json
from normalizers.records.model import Place, Record, Remark
from normalizers.results import Issue

TABLE: Final = "marcxml"
"""The table of all three formats."""

_LEADER, _END = 24, b"\x1d"
_SHORTEST = _LEADER + 1
_UTF8_MARK, _ESCAPE = b"a", b"\x1b"

# A subfield whose code is no character of ASCII has lost it; its text is kept under one that nothing is called.
_LOST_CODE = re.compile(rb"\x1f[\x80-\xff]")

# pymarc logs oddities of records on standard error where nobody set up logging; what matters of them is in the remarks.
logging.getLogger("pymarc").addHandler(logging.NullHandler())


class MarcReader:
    """Reads one record of ISO 2709, given as bytes. Immutable, safe to share between threads."""

    format: Final = "marc21"

    def __init__(self, reader: SchemaReader) -> None:
        self._reader = reader

    def parse(self, source: Any) -> Record:
        """Read a record. Raises RecordSyntaxError where its leader or its directory cannot be made sense of."""
        raw = (source.encode() if isinstance(source, str) else bytes(source)).strip(b"\r\n \t\0")
        record, remarks = _decode(raw if raw.endswith(_END) else raw + _END)
        return Record(self.format, self._reader.read(from_marc21(record)), tuple(remarks))


class MarcJsonReader:
    """Reads MARC-in-JSON. Immutable, safe to share between threads."""

    format: Final = "marc_json"

    def __init__(self, reader: SchemaReader) -> None:
        self._reader = reader

    def parse(self, source: Any) -> Record:
        """Read a record, given as JSON text or as an object that was parsed. Raises RecordSyntaxError."""
        return self.read(*load_object(source))

    def owns(self, content: Mapping[str, Any]) -> bool:
        """Tell whether an object is a record of MARC: it has a leader, and a list of fields."""
        return isinstance(content.get("leader"), str) and isinstance(content.get("fields"), list)

    def read(self, content: Mapping[str, Any], remarks: Sequence[Remark]) -> Record:
        """Read an object that was loaded, with the remarks that were made on it. Raises RecordSyntaxError."""
        return Record(self.format, self._reader.read(from_marc_json(content)), tuple(remarks))


def _decode(raw: bytes) -> tuple[pymarc.Record, list[Remark]]:
    """Decode a record as its leader says; where that cannot be, as UTF-8, or with the characters replaced that are none."""
    if len(raw) < _SHORTEST:
        raise MalformedRecordError(f"a MARC record has a leader of {_LEADER} characters, and here are {len(raw) - 1}")
    fitting, fits = fit_directory(raw)
    # The length in the leader is wrong more often than the mark at the end of the record, by which it was found.
    whole = b"%05d" % len(fitting) + fitting[5:] if len(fitting) < 10**5 else fitting
    whole = _LOST_CODE.sub(b"\x1f" + UNNAMED, whole)
    said = raw[9:10] == _UTF8_MARK
    is_utf8 = said or _is_utf8(raw)
    remarks = [] if said or not is_utf8 else [_remark("the leader does not say UTF-8, and the record is in it")]
    if not fits:
        remarks.append(_remark("the directory does not fit the fields, which were taken in their order"))
    try:
        return _read(whole, is_utf8=is_utf8, handling="strict"), remarks
    except UnicodeDecodeError:
        remark = _remark("some bytes are no characters in the encoding of the record, and were replaced")
        return _read(whole, is_utf8=True, handling="replace"), [*remarks, remark]


def _read(raw: bytes, *, is_utf8: bool, handling: str) -> pymarc.Record:
    try:
        return pymarc.Record(raw, to_unicode=True, force_utf8=is_utf8, hide_utf8_warnings=True, utf8_handling=handling)
    except UnicodeDecodeError:
        if handling == "strict":
            raise
        raise MalformedRecordError("no MARC record: its leader or directory is not ASCII") from None
    except (PymarcException, ValueError, IndexError) as fault:
        raise MalformedRecordError(f"no MARC record: {type(fault).__name__}: {fault}") from None


def _is_utf8(raw: bytes) -> bool:
    """Tell whether bytes beyond ASCII are sound UTF-8, which MARC-8 hardly ever is."""
    try:
        return not raw.isascii() and _ESCAPE not in raw and bool(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _remark(detail: str) -> Remark:
    return Remark(Issue("repaired", detail), Place(""))
