"""Takes a clean record again: what it says is kept as it is, once its shape is right and its identifiers are confirmed.

So normalizing twice is normalizing once, and a record that someone edited in between is held to the same rules as any other:
what breaks the shape, or names what does not exist, is taken out and reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from normalizers.errors import RecordSyntaxError
from normalizers.records.clean_schema import SCHEMA, CleanRecord
from normalizers.records.confirmation import confirm, field_of
from normalizers.records.desk import Desk
from normalizers.records.json_syntax import step
from normalizers.records.model import Place, RawField, Record
from normalizers.results import Issue, Result, Status
from normalizers.schema_faults import flatten

_FAMILY = SCHEMA.rpartition("-")[0]
_BY_MEMBER = frozenset({"dates", "record"})

Path = tuple[str | int, ...]


def find_clean(content: Mapping[str, Any]) -> tuple[Mapping[str, Any], str] | None:
    """Give the clean record that an object is, or that the answer of an earlier run holds, with the pointer to it.

    Raises RecordSyntaxError for a clean record of another version than this one's.
    """
    inner = content.get("metadata")
    candidates = [(content, ""), *([(inner, "/metadata")] if isinstance(inner, Mapping) else [])]
    for record, pointer in candidates:
        marker = record.get("schema")
        if isinstance(marker, str) and marker.startswith(f"{_FAMILY}-"):
            if marker != SCHEMA:
                raise RecordSyntaxError(f"a clean record of another version: {marker!r} instead of {SCHEMA!r}", f"{pointer}/schema")
            return record, pointer
    return None


def take_clean(content: Mapping[str, Any], pointer: str, desk: Desk) -> tuple[dict[str, Any], Record]:
    """Take a clean record over, unit by unit; a unit that is wrong anywhere is left out whole."""
    faults = dict(flatten(CleanRecord().validate(dict(content))))
    metadata: dict[str, Any] = {"schema": SCHEMA}
    raws: list[RawField] = []
    for path, unit in _units(content):
        wrong = next((detail for fault, detail in faults.items() if fault[: len(path)] == path or path[: len(fault)] == fault), None)
        leaves = list(_leaves(unit, path))
        fields = {leaf: _raw(leaf, value, pointer, wrong) for leaf, value in leaves}
        raws.extend(fields.values())
        if wrong is None and _confirmed(leaves, fields, content, desk):
            _place(metadata, path, unit)
    return metadata, Record(SCHEMA, tuple(raws))


def _units(content: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Yield what stands or falls together: an item of a list, a date, or a whole member."""
    for name, value in content.items():
        if name == "schema":
            continue
        if isinstance(value, list):
            yield from (((name, index), item) for index, item in enumerate(value))
        elif name in _BY_MEMBER and isinstance(value, Mapping):
            yield from (((name, key), item) for key, item in value.items())
        else:
            yield (name,), value


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _leaves(member, (*path, str(key)))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _leaves(member, (*path, index))
    else:
        yield path, value


def _raw(path: Path, value: Any, pointer: str, wrong: str | None) -> RawField:
    for name in path:
        pointer = step(pointer, name)
    text = None if value is None else str(value)
    reason = f"schema: {wrong}" if wrong else ""
    return RawField(str(path[-1]), None if wrong else field_of(path), text, Place(pointer), "clean", reason)


def _confirmed(leaves: list[tuple[Path, Any]], fields: Mapping[Path, RawField], content: Mapping[str, Any], desk: Desk) -> bool:
    """Have every identifier of a unit read again; if one is not read as itself, the unit is not taken over."""
    answers = {path: confirm(path, value, content, desk, fields[path]) for path, value in leaves}
    stands = all(holds for _, holds in answers.values())
    for path, (result, holds) in answers.items():
        target = "".join(step("", name) for name in path) if stands else None
        desk.decide(fields[path], result if holds else _doubted(result), target)
    return stands


def _doubted(result: Result) -> Result:
    note = Issue("not_confirmed", "the record claims to be clean, but this is not read as itself")
    return replace(result, status=Status.UNMATCHED, issues=(*result.issues, note))


def _place(metadata: dict[str, Any], path: Path, unit: Any) -> None:
    name = str(path[0])
    if len(path) == 1:
        metadata[name] = unit
    elif isinstance(path[1], int):
        metadata.setdefault(name, []).append(unit)
    else:
        metadata.setdefault(name, {})[path[1]] = unit
