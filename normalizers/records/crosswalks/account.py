"""Keeps account of what a crosswalk says of a record, so that what it does not say is known without anyone listing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from normalizers.records.crosswalks.model import Lack, Reason, Unsaid
from normalizers.records.json_syntax import step

Path = tuple[str | int, ...]

_NOTHING: tuple[Any, ...] = (None, [], {})
_OF_ITSELF = frozenset({"schema"})
"""Members that speak of the clean record's own form, and not of the work."""


class Account:
    """What was said of a record so far, what was refused and why, and what the target lacks."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.root = Part(self, (), {name: value for name, value in record.items() if name not in _OF_ITSELF})
        self.said: set[Path] = set()
        self.reasons: dict[Path, Reason] = {}
        self.lacks: list[Lack] = []

    def lack(self, element: str, detail: str) -> None:
        """Note that the target demands something that the record does not hold."""
        self.lacks.append(Lack(element, detail))

    def unsaid(self) -> tuple[Unsaid, ...]:
        """List all that was not said, in the order of the record; a part of which nothing was said is listed once, as a whole."""
        return tuple(Unsaid(_pointer(path), reason) for path, reason in self._unsaid(self.root.value, (), Reason.NO_PLACE))

    def _unsaid(self, value: Any, path: Path, reason: Reason) -> list[tuple[Path, Reason]]:
        reason = self.reasons.get(path, reason)
        if reason is Reason.COARSER and path in self.reasons:
            return [(path, reason)]
        if path in self.said or value is None:
            return []
        members = _members(value)
        if members is None:
            return [(path, reason)]
        parts = [(name, self._unsaid(member, (*path, name), reason)) for name, member in members]
        found = [entry for _, entries in parts for entry in entries]
        whole = all(entries and entries[0][0] == (*path, name) for name, entries in parts)
        alike = len({why for _, why in found}) == 1
        return [(path, found[0][1])] if path and found and whole and alike else found


class Part:
    """A place in the record: a member or an item with what lies below it."""

    __slots__ = ("_account", "_path", "value")

    def __init__(self, account: Account, path: Path, value: Any) -> None:
        self._account = account
        self._path = path
        self.value = value

    def part(self, *names: str | int) -> Part:
        """Give a part of this one; its value is None where the record has none."""
        value, path = self.value, self._path
        for name in names:
            path = (*path, name)
            value = value.get(name) if isinstance(value, Mapping) else None
        return Part(self._account, path, value)

    def each(self, name: str) -> Iterator[Part]:
        """Give the items of a list."""
        return self.part(name).items()

    def items(self) -> Iterator[Part]:
        """Give the items of this part, which is a list or nothing."""
        for index, item in enumerate(self.value or ()):
            yield Part(self._account, (*self._path, index), item)

    def say(self) -> Any:
        """Give the value, and count it with all that lies below it as said."""
        self._account.said.add(self._path)
        return self.value

    def take(self, *names: str | int) -> Any:
        """Give the value of a part and count it as said; None where there is none."""
        return self.part(*names).say()

    def leave(self, reason: Reason) -> None:
        """State why this part is not said, or is said in wider terms."""
        self._account.reasons[self._path] = reason

    def __bool__(self) -> bool:
        return bool(self.value)


def _members(value: Any) -> list[tuple[str | int, Any]] | None:
    """List the members that say something; None for a value that is no object and no list."""
    if isinstance(value, Mapping):
        return [(name, member) for name, member in value.items() if member not in _NOTHING]
    if isinstance(value, list):
        return [(index, member) for index, member in enumerate(value) if member not in _NOTHING]
    return None


def _pointer(path: Path) -> str:
    pointer = ""
    for name in path:
        pointer = step(pointer, name)
    return pointer
