"""What all parts of a clean record share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Protocol

from normalizers.records.characters import has_text
from normalizers.records.desk import Desk
from normalizers.records.model import RawField
from normalizers.results import Result, Status

_parts_of = attrgetter("parts")


class Fields:
    """The fields of a record by their key, in the order of the record; ``has_parts`` tells whether any of them has parts."""

    def __init__(self, fields: Sequence[RawField]) -> None:
        by_key: defaultdict[str, list[RawField]] = defaultdict(list)
        for field in fields:
            if field.key:
                by_key[field.key].append(field)
        self._by_key = by_key
        self._valued: dict[str, list[RawField]] = {}
        self.keys = frozenset(by_key)
        self.has_parts = any(map(_parts_of, fields))

    def has(self, key: str) -> bool:
        """Tell whether a field with a key has a value."""
        return key in self.keys and bool(self.valued(key))

    def valued(self, *keys: str) -> list[RawField]:
        """Give the fields with one of the keys that have a value, key by key."""
        if len(keys) > 1:
            return [field for key in keys if key in self.keys for field in self.valued(key)]
        (key,) = keys
        found = self._valued.get(key)
        if found is None:
            found = self._valued[key] = [field for field in self._by_key.get(key, ()) if has_text(field.value)]
        return found

    def all(self, *keys: str) -> list[RawField]:
        """Give the fields with one of the keys, those without a value of their own too, key by key."""
        by_key = self._by_key
        return [field for key in keys if key in by_key for field in by_key[key]]


class Section(Protocol):
    """One part of a clean record."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the fields that the part takes."""
        ...

    @property
    def reads(self) -> frozenset[str]:
        """The keys of all fields that the part looks at. Where a record has none of them, it has nothing to say."""
        ...

    @property
    def repeats(self) -> bool:
        """Whether the same values stand in many records, so that it pays to keep what became of them."""
        ...

    def build(self, fields: Fields, desk: Desk) -> dict[str, Any]:
        """Give the members of the metadata; what says nothing is left out. Every field that is used is decided on."""
        ...


def language_of(raw: RawField, desk: Desk, pointer: str) -> str | None:
    """Read the language that is stated for a value; ``pointer`` is where it goes."""
    part = raw.part("language") if raw.parts else None
    if part is None or not has_text(part.value):
        return None
    result = desk.ask("language", part.value or "")
    tag = result.identifiers[0] if result.status is Status.MATCHED and len(result.identifiers) == 1 else None
    desk.decide(part, result, pointer if tag else None)
    return tag


def text_items(raw: RawField, desk: Desk, pointer: str, start: int, between: re.Pattern[str] | None = None) -> list[dict[str, Any]]:
    """Take a value as one text, or as a list that ``between`` takes apart, with the language where one is stated.

    ``pointer`` is the list that the texts go to, and ``start`` the place of the first.
    """
    shown, result = desk.text(raw, raw.key or "")
    texts = [text for text in (between.split(shown) if between else [shown]) if text]
    place = f"{pointer}/{start}" if len(texts) == 1 else pointer
    desk.decide(raw, result, place if texts else None)
    tag = language_of(raw, desk, f"{pointer}/{start}/language") if texts else None
    return [{"text": text, **({"language": tag} if tag else {})} for text in texts]


def put(items: list[Any], item: Any) -> int:
    """Add an item to a list unless it is in it; give its place."""
    if item not in items:
        items.append(item)
    return items.index(item)


def agreed(values: Mapping[str, Any] | Sequence[Any]) -> Any:
    """Give the one value that all agree on, or nothing."""
    distinct = list(dict.fromkeys(values))
    return distinct[0] if len(distinct) == 1 else None


def said(result: Result) -> str | None:
    """Give the only identifier of a matched answer."""
    return result.identifiers[0] if result.status is Status.MATCHED and result.identifiers else None
