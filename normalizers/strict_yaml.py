"""YAML without its surprises: every scalar is a string, no key stands twice, and each node knows its line.

YAML 1.1 reads ``no`` as false, ``012`` as ten and the last of two equal keys without a word; data files of languages
are full of ``no``. So scalars are never interpreted, and duplicate keys, anchors, aliases and tags are faults.
"""

from __future__ import annotations

from typing import Any

import yaml
from msgspec import Struct

from normalizers.errors import Fault

Path = tuple[str | int, ...]


class Document(Struct, frozen=True):
    """A parsed file: plain strings, lists and mappings, and the line of every node by its path."""

    file: str
    content: Any
    lines: dict[Path, int]
    faults: tuple[Fault, ...]

    def fault(self, path: Path, detail: str) -> Fault:
        """Describe a fault of the node at ``path``, with the line of the nearest node that exists."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Fault(self.file, self.lines.get(known, 1), ".".join(str(step) for step in path), detail)


def parse_yaml(text: str, file: str) -> Document:
    """Parse one YAML document strictly; syntax errors and refused constructs come back as faults, never raised."""
    walk = _Walk(file)
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = str(getattr(error, "problem", None) or error)
        return Document(file, None, {}, (Fault(file, mark.line + 1 if mark else 1, "", detail),))
    content = walk.visit(root, ()) if root is not None else None
    return Document(file, content, walk.lines, tuple(walk.faults))


class _Walk:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def visit(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines[path] = line
        if id(node) in self._seen:
            self._fault(line, path, "aliases are not allowed")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.visit(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault(line, path, "a key must be a string")
            elif key.value in content:
                self._fault(line, (*path, key.value), "this key stands twice")
            else:
                content[key.value] = self.visit(value, (*path, key.value))
        return content

    def _fault(self, line: int, path: Path, detail: str) -> None:
        self.faults.append(Fault(self.file, line, ".".join(str(step) for step in path), detail))
