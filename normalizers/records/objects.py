"""Reads JSON objects as repositories export them: flat or nested keys, with schema prefixes or in words of any language.

A key that is not known keeps all its values, each under its JSON pointer; only containers that are known as such are entered
for fields, so that the title of a project does not become the title of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from msgspec import Struct

from normalizers.folding import fold_key
from normalizers.localedata import Locale
from normalizers.records.field_names import FieldName, FieldNames, count_votes, locale_of_keys, structure_names
from normalizers.records.json_syntax import load_object, step
from normalizers.records.members import Members
from normalizers.records.model import RawField, Record, Remark

Find = Callable[[str], FieldName | None]

LAYOUTS = 1_024
"""Rows of names that are kept with what they stand for: the records of one export have the same few."""

MOST_NAMES, LONGEST_NAME = 100, 60
"""Names, and characters of each on average, of the largest row that is kept."""


class _Layout(Struct, frozen=True):
    """What the names of an object stand for: each with its field and its pointer; and by which locale they are read."""

    locale: str | None
    votes: Mapping[str, int]
    members: tuple[tuple[str, FieldName | None, str], ...]


class ObjectReader:
    """Reads JSON objects with the words of all locales. Immutable, safe to share between threads."""

    format: Final = "json"

    def __init__(self, locales: Mapping[str, Locale], names: FieldNames) -> None:
        self._names = names
        self._wrappers = frozenset((*structure_names(locales, "wrapper"), *structure_names(locales, "namespace")))
        self._namespaces = frozenset(structure_names(locales, "namespace"))
        self._members = Members(names, structure_names(locales, "content"))
        self._field_names = frozenset(structure_names(locales, "field_name"))
        self._layouts = lru_cache(maxsize=LAYOUTS)(self._lay_out)

    def parse(self, source: Any) -> Record:
        """Read one record, given as JSON text or as an object that was parsed; every value is in one field of the record."""
        return self.read(*load_object(source))

    def read(self, content: Mapping[str, Any], remarks: Sequence[Remark]) -> Record:
        """Read an object that was loaded, with the remarks that were made on it."""
        names = tuple(map(str, content))
        is_usual = len(names) <= MOST_NAMES and sum(map(len, names)) <= MOST_NAMES * LONGEST_NAME
        layout = self._layouts(names) if is_usual else self._lay_out(names)
        fields: list[RawField] = []
        for (name, found, place), value in zip(layout.members, content.values(), strict=True):
            if found:
                fields += self._members.read(name, found, value, place)
            else:
                fields += self._unknown(name, value, place, "", partial(self._names.lookup, locale=layout.locale))
        return Record(self.format, tuple(fields), tuple(remarks), layout.votes)

    def _lay_out(self, names: tuple[str, ...]) -> _Layout:
        """Work out what the names of an object stand for."""
        found = [self._names.lookup(name) for name in names]
        locale = locale_of_keys(found)
        members = tuple((name, self._names.lookup(name, locale), step("", name)) for name in names)
        return _Layout(locale, count_votes(found), members)

    def _object(self, content: Mapping[str, Any], pointer: str, prefix: str, find: Find) -> Iterator[RawField]:
        for raw_name, value in content.items():
            name = str(raw_name)
            place = step(pointer, name)
            found = find(f"{prefix}.{name}" if prefix else name) or find(name)
            if found:
                yield from self._members.read(name, found, value, place)
            else:
                yield from self._unknown(name, value, place, prefix, find)

    def _unknown(self, name: str, value: Any, place: str, prefix: str, find: Find) -> Iterator[RawField]:
        is_wrapper = bool(value) and fold_key(name) in self._wrappers
        if is_wrapper and isinstance(value, Mapping):
            below = name if fold_key(name) in self._namespaces else prefix
            yield from self._object(value, place, below, find)
        elif is_wrapper and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._entry(name, item, step(place, index), find)
        else:
            yield from self._members.unknown(name, value, place)

    def _entry(self, name: str, item: Any, place: str, find: Find) -> Iterator[RawField]:
        """Read an entry of a list of fields: {"key": "dc.title", "value": "...", "language": "en"}."""
        if not isinstance(item, Mapping) or not item:
            yield from self._members.unknown(name, item, place)
            return
        naming = next((key for key in item if fold_key(str(key)) in self._field_names), None)
        if naming is None or not isinstance(item[naming], str):
            yield from self._object(item, place, "", find)
            return
        rest = {key: value for key, value in item.items() if key != naming}
        found = find(item[naming])
        if found:
            yield from self._members.read(item[naming], found, rest, place)
        else:
            yield from self._members.unknown(item[naming], rest, place)
