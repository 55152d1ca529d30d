"""The columns of a table: which name each has, and what its cells hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

SEVERAL = "||"
"""Between the values of one cell, as DSpace writes and reads them."""

_INDEXED = re.compile(r"[^\[\]]+\[\d{1,4}\]")
_STEP = re.compile(r"([^\[\].]+|\[\d{1,4}\])")

_ITSELF = "value"
"""Name of a value that has others below it: the column ``creator`` beside a column ``creator[0].orcid``."""

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table, in their order. ``paths`` stand for names such as ``creator[0].name``, as flattened exports have them."""

    names: tuple[str, ...]
    paths: tuple[Steps, ...]
    separator: str | None

    @classmethod
    def of(cls, header: list[str], delimiter: str) -> Columns:
        """Read a header. A name that is empty is a column by its number."""
        names = tuple(name.strip() or f"column {number}" for number, name in enumerate(header, start=1))
        is_flattened = any(map(_INDEXED.match, names))
        paths = tuple(_path(name) if is_flattened else (name,) for name in names)
        return cls(names, paths, None if delimiter in SEVERAL else SEVERAL)

    def named(self, cells: list[str]) -> dict[str, Any]:
        """Give a row as an object. An empty cell is no value: a table has no other way to say that there is none.

        Cells beyond the last name are kept under their number; a name that stands twice holds the values of both columns.
        """
        content: dict[Any, Any] = {}
        for number, cell in enumerate(cells, start=1):
            if cell.strip():
                path = self.paths[number - 1] if number <= len(self.paths) else (f"column {number}",)
                _put(content, path, self._value(cell))
        named: dict[str, Any] = _settled(content)
        return named

    def _value(self, cell: str) -> str | list[str]:
        return cell.split(self.separator) if self.separator and self.separator in cell else cell


def _path(name: str) -> Steps:
    """Take a name apart.

    >>> _path("creator[0].name")
    ('creator', 0, 'name')
    """
    steps = tuple(int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(name))
    return steps if steps and isinstance(steps[0], str) else (name,)


def _put(content: dict[Any, Any], path: Steps, value: Any) -> None:
    """Put a value where its path leads, beside what is there."""
    *way, last = path
    for step in way:
        held = content.get(step)
        if not isinstance(held, dict):
            content[step] = held = {} if held is None else {_ITSELF: held}
        content = held
    held = content.get(last)
    if isinstance(held, dict):
        content, last, held = held, _ITSELF, held.get(_ITSELF)
    content[last] = value if held is None else [*_listed(held), *_listed(value)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _settled(content: Any) -> Any:
    """Turn what is numbered into lists. Numbers only keep apart: one that no cell has leaves no gap."""
    if not isinstance(content, dict):
        return content
    members = {step: _settled(member) for step, member in content.items()}
    if all(isinstance(step, int) for step in members):
        return [members[step] for step in sorted(members)]
    return {str(step): member for step, member in members.items()}
