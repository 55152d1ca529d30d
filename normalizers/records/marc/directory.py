"""Holds the directory of a record of ISO 2709 to its fields: one that does not fit cuts fields short, or reads them under other tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from normalizers.errors import MalformedRecordError

_LEADER, _ENTRY = 24, 12
_FIELD_END, _END, _SUBFIELD = b"\x1e", b"\x1d", b"\x1f"
_CONTROL, _INDICATORS = b"00", 2
UNNAMED = b"?"
"""The code of a subfield that has lost its own: nothing is called so."""

_BASE = slice(12, 17)
"""Where the leader says at which byte the fields begin."""

_ENTRIES = re.compile(rb"(?:[^\x1d-\x1f]{3}[0-9]{9})*")
_LONGEST, _FARTHEST = 9_999, 99_999
"""The longest field, and the farthest place of one, that a directory can tell."""


def fit_directory(raw: bytes) -> tuple[bytes, bool]:
    """Give a record whose directory fits its fields, and tell whether it did: else it is made anew by the marks between the fields.

    Text before the first subfield of a field, which nothing would read, is put into one with a code that nothing is called. The record ends
    with its mark. Raises MalformedRecordError where the directory names more fields than there are, or fewer.
    """
    listed, mark, held = raw[_LEADER:-1].partition(_FIELD_END)
    if not mark or not _ENTRIES.fullmatch(listed):
        raise MalformedRecordError("no MARC record: its leader or directory is damaged")
    entries = sorted((listed[place : place + _ENTRY] for place in range(0, len(listed), _ENTRY)), key=lambda entry: int(entry[7:]))
    fields = [field + mark for field in held.removesuffix(mark).split(mark)] if held else []
    told, found = [(int(entry[7:]), int(entry[3:7])) for entry in entries], _places(fields)
    base = b"%05d" % (_LEADER + len(listed) + 1)
    fits = told == found and raw[_BASE] == base and (held.endswith(mark) or not held)
    if len(told) != len(found):
        raise MalformedRecordError(f"no MARC record: its directory names {len(told)} fields, and there are {len(found)}")
    readable = [_with_subfields(entry[:3], field) for entry, field in zip(entries, fields, strict=True)]
    if fits and readable == fields:
        return raw, True
    found = _places(readable)
    if any(start > _FARTHEST or length > _LONGEST for start, length in found):
        raise MalformedRecordError("no MARC record: its fields are longer than a directory can tell")
    made = b"".join(entry[:3] + b"%04d%05d" % (length, start) for entry, (start, length) in zip(entries, found, strict=True))
    return raw[: _BASE.start] + base + raw[_BASE.stop : _LEADER] + made + mark + b"".join(readable) + _END, fits


def _places(fields: Sequence[bytes]) -> list[tuple[int, int]]:
    starts = accumulate(map(len, fields), initial=0)
    return [(start, len(field)) for start, field in zip(starts, fields, strict=False)]


def _with_subfields(tag: bytes, field: bytes) -> bytes:
    text = field.partition(_SUBFIELD)[0].removesuffix(_FIELD_END)
    if tag.startswith(_CONTROL) or len(text) <= _INDICATORS:
        return field
    return field[:_INDICATORS] + _SUBFIELD + UNNAMED + field[_INDICATORS:]
