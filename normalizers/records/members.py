"""Turns the value of one key of a JSON object into fields: strings, lists, objects with a language, objects with parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.records.field_names import FieldName, FieldNames
from normalizers.records.json_syntax import step
from normalizers.records.model import Place, RawField, make_field, place_at

INDEX_RULE = "shape:index_member"
# The title in an object of these fields is the journal's or the book's, and so the value of the object.
_TITLED = frozenset({"published_in", "journal_title"})
# What true or false may say something of. Under any other name that we know, it is a flag of a program and no text of the work.
_ANSWERED = frozenset({"peer_review", "access_right", "record_status"})
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z\d]{2,8})*")


class Members:
    """Reads values below a key. ``content`` holds the names of the member that is an object's value, the surest first."""

    def __init__(self, names: FieldNames, content: tuple[str, ...]) -> None:
        self._names = names
        self._content = content

    def read(self, name: str, found: FieldName, value: Any, pointer: str) -> Iterable[RawField]:
        """Give a field for each value below a key that is known, in order."""
        if type(value) is str or not value:
            return (_leaf(name, found, value, pointer, _qualifier(found, pointer) if found.qualifier else ()),)
        if isinstance(value, list):
            return [field for index, item in enumerate(value) for field in self.read(name, found, item, f"{pointer}/{index}")]
        if isinstance(value, Mapping):
            return self._object(name, found, value, pointer)
        return (_leaf(name, found, value, pointer, _qualifier(found, pointer)),)

    def unknown(self, name: str, value: Any, pointer: str) -> Iterator[RawField]:
        """Yield every value below a key that is not known, under its own pointer; a user may know it by the names on the way."""
        if stated := self._names.lookup_own(name):
            yield from self.read(name, stated, value, pointer)
        elif isinstance(value, Mapping) and value:
            for key, member in value.items():
                yield from self.unknown(f"{name}.{key}", member, step(pointer, str(key)))
        elif isinstance(value, list) and value:
            for index, item in enumerate(value):
                yield from self.unknown(name, item, step(pointer, index))
        else:
            yield _leaf(name, None, value, pointer)

    def _object(self, name: str, found: FieldName, value: Mapping[str, Any], pointer: str) -> Iterator[RawField]:
        keys = [str(key) for key in value]
        if found.key == "citation_count" and not any(isinstance(member, (list, Mapping)) for member in value.values()):
            for index, number in value.items():
                yield _leaf(str(index), replace(found, rule=INDEX_RULE), number, step(pointer, str(index)))
        elif all(map(_LANGUAGE_CODE.fullmatch, keys)) and not any(fold_key(key) in self._content for key in keys):
            yield from self._by_language(name, found, value, pointer)
        else:
            yield from self._with_parts(name, found, value, pointer)

    def _by_language(self, name: str, found: FieldName, value: Mapping[str, Any], pointer: str) -> Iterator[RawField]:
        """Read an object whose keys are codes of languages: {"en": "...", "ca": ["...", "..."]}."""
        for code, member in value.items():
            below = step(pointer, str(code))
            language = RawField(str(code), "language", str(code), Place(below), "shape:qualifier")
            for item in self.read(name, found, member, below):
                yield item._replace(parts=(*item.parts, language))

    def _with_parts(self, name: str, found: FieldName, value: Mapping[str, Any], pointer: str) -> Iterator[RawField]:
        """Read an object with a value and what belongs to it; members of the object's own field are further values."""
        main = self._main(value, found)
        parts: list[RawField] = list(_qualifier(found, pointer))
        further: list[RawField] = []
        for key, member in value.items():
            below, named = step(pointer, str(key)), self._names.lookup(str(key))
            if str(key) == main:
                further[:0] = self.read(name, found, member, below)
            elif named and named.key == found.key:
                further.extend(self.read(str(key), named, member, below))
            elif named and named.key:
                parts.extend(self.read(str(key), named, member, below))
            else:
                parts.extend(self.unknown(str(key), member, below))
        if not further:
            yield _leaf(name, found, None, pointer, tuple(parts))
        for index, item in enumerate(further):
            yield item._replace(parts=(*item.parts, *parts)) if index == 0 else item

    def _main(self, value: Mapping[str, Any], found: FieldName) -> str | None:
        """Choose the member that holds the value, by the names for it; for a journal, its title."""
        by_name = {fold_key(str(key)) or str(key): str(key) for key, member in value.items() if member is not None}
        named = next((by_name[name] for name in self._content if name in by_name), None)
        if named is not None or found.key not in _TITLED:
            return named
        return next((str(key) for key in value if (own := self._names.lookup(str(key))) and own.key == "title"), None)


def _qualifier(found: FieldName, pointer: str) -> tuple[RawField, ...]:
    return (RawField("", "language", found.qualifier, Place(pointer), "shape:qualifier"),) if found.qualifier else ()


def _leaf(name: str, found: FieldName | None, value: Any, pointer: str, parts: tuple[RawField, ...] = ()) -> RawField:
    text = value if type(value) is str else _as_text(value)
    if isinstance(value, bool) and found and not (found.key in _ANSWERED or found.is_own):
        return RawField(name, None, text, Place(pointer), reason="no_text")
    is_known = found is not None and found.key is not None
    reason = "" if is_known and text and not text.isspace() else _reason(found, value, text, parts)
    if found is None:
        return RawField(name, None, text, Place(pointer), reason=reason)
    return make_field((name, found.key, text, place_at(pointer), found.rule, reason, found.candidates, parts))


def _reason(found: FieldName | None, value: Any, text: str | None, parts: tuple[RawField, ...]) -> str:
    if text is None:
        return "" if parts else "null" if value is None else "empty"
    if not text.strip():
        return "empty"
    if found is None:
        return "unknown_label"
    if found.key:
        return ""
    return "not_used" if found.is_own else "ambiguous_label"


def _as_text(value: Any) -> str | None:
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, (list, Mapping)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
