"""The paths of a schema's table: "relatedItem[@type=host]/titleInfo/title".

A step is a name, with a prefix that the table declares where the namespace is not the schema's own, and with conditions in
brackets. A condition speaks of an attribute (``@type``), of nodes below (``role/roleTerm``) or of the text itself (``.``): that there
is one (``[@type]``), that there is none (``[not @type]``), that it equals one of several values (``[@type=doi|hdl]``, compared after
folding), or starts with one (``[.^=info:eu-repo/date/]``, whatever the case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from normalizers.folding import fold_key
from normalizers.records.mapping.tree import Node

_CONDITION = re.compile(r"(?P<not>not\s+)?(?P<what>[^=^]+?)\s*(?:(?P<how>\^?=)\s*(?P<values>.+))?")
_STEP = re.compile(r"(?:(?P<prefix>[\w.-]+):)?(?P<name>[^\[\]/:@]+|\*)(?P<conditions>(?:\[[^\[\]]+\])*)")


class PathError(ValueError):
    """A path in a table cannot be read."""


class Condition(Struct, frozen=True):
    """What a node must say, or must not, for a step to apply."""

    what: str
    values: tuple[str, ...] = ()
    starts: bool = False
    is_denied: bool = False

    def holds(self, node: Node) -> bool:
        """Tell whether the condition holds for a node."""
        return any(map(self._suits, _texts(node, self.what))) is not self.is_denied

    def _suits(self, text: str) -> bool:
        if not self.values:
            return bool(text.strip())
        if self.starts:
            return text.strip().casefold().startswith(self.values)
        return (fold_key(text) or text.strip()) in self.values


class Step(Struct, frozen=True):
    """One name of a path; ``prefix`` is empty for names of the schema's own namespaces, "*" stands for any name."""

    name: str
    prefix: str = ""
    conditions: tuple[Condition, ...] = ()


class Path(Struct, frozen=True):
    """Steps down from a node, and the attribute at the end, if it is one that is meant."""

    text: str
    steps: tuple[Step, ...]
    attribute: str = ""


class Selector(Struct, frozen=True):
    """One path or several; what several find is in the order of the record."""

    text: str
    paths: tuple[Path, ...]


def parse_selector(text: str) -> Selector:
    """Parse paths with bars between them. Raises PathError."""
    return Selector(text, tuple(parse_path(part.strip()) for part in _split(text, "|")))


def parse_path(text: str) -> Path:
    """Parse a path: steps, steps and an attribute, an attribute ("@type"), or "." for the node itself. Raises PathError."""
    *steps, last = _split(text, "/")
    if last.startswith("@") and len(last) > 1:
        return Path(text, tuple(map(_parse_step, steps)), last[1:])
    if text == ".":
        return Path(text, ())
    return Path(text, tuple(map(_parse_step, (*steps, last))))


def _split(text: str, sign: str) -> list[str]:
    """Split at a sign that stands in no brackets."""
    parts, start, is_inside = [], 0, False
    for place, letter in enumerate(text):
        if letter in "[]":
            is_inside = letter == "["
        elif letter == sign and not is_inside:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _parse_step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise PathError(f"{text!r} is no step of a path")
    conditions = tuple(map(_parse_condition, found["conditions"][1:-1].split("]["))) if found["conditions"] else ()
    return Step(found["name"], found["prefix"] or "", conditions)


def _parse_condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise PathError(f"{text!r} is no condition")
    values = [value.strip() for value in (found["values"] or "").split("|") if value.strip()]
    starts = found["how"] == "^="
    folded = tuple(value.casefold() if starts else fold_key(value) or value for value in values)
    return Condition(found["what"], folded, starts, bool(found["not"]))


def _texts(node: Node, what: str) -> Iterator[str]:
    """Yield the texts that a condition speaks of; nodes below are told by their local names alone."""
    if what == ".":
        yield node.whole()
    elif what.startswith("@"):
        if what[1:] in node.attributes:
            yield node.attributes[what[1:]]
    else:
        name, _, rest = what.partition("/")
        for child in node.children:
            if child.name == name:
                yield from _texts(child, rest or ".")
