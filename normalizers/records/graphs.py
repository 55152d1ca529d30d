"""JSON-LD with a graph: which of its nodes are records, with what they refer to put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

_GRAPH, _ID, _CONTEXT = "@graph", "@id", "@context"
_AT_LEAST, _TIMES = 1000, 10
_DESCRIPTOR = re.compile(r"ro-crate-metadata\.json(?:ld)?")


def graph_of(document: Any) -> list[dict[str, Any]] | None:
    """Give the nodes of a document that is a graph; None where it is none."""
    nodes = document.get(_GRAPH) if isinstance(document, Mapping) else None
    return nodes if isinstance(nodes, list) and nodes and all(isinstance(node, dict) for node in nodes) else None


def records_of(document: Mapping[str, Any], nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a graph that are no part of another, or all where each is; the context of the document is theirs too.

    Raises RecursionError where they are nested too deep.
    """
    context = {_CONTEXT: document[_CONTEXT]} if _CONTEXT in document else {}
    return ({**context, **node} for node in _Graph.of(nodes).records())


class _Graph(Struct):
    """The nodes of a document. ``left`` is how often a name may still be replaced: a few nodes can refer to each other without end."""

    nodes: list[dict[str, Any]]
    by_name: dict[str, dict[str, Any]]
    left: int

    @classmethod
    def of(cls, nodes: Sequence[dict[str, Any]]) -> _Graph:
        """Leave out what describes the file itself (RO-Crate)."""
        described = [node for node in nodes if not _DESCRIPTOR.fullmatch(str(node.get(_ID, "")))]
        return cls(described, {str(node[_ID]): node for node in described if _ID in node}, _AT_LEAST + _TIMES * len(nodes))

    def records(self) -> Iterator[dict[str, Any]]:
        """Give the nodes that are no part of another, or all where each is."""
        wanted = {name for node in self.nodes for name in _references(node) if name != node.get(_ID)}
        for node in [node for node in self.nodes if node.get(_ID) not in wanted] or self.nodes:
            yield {name: self._resolved(value, (str(node.get(_ID)),)) for name, value in node.items()}

    def _resolved(self, value: Any, above: tuple[str, ...]) -> Any:
        """Put nodes in the place of their names, but for those that are above."""
        if isinstance(value, list):
            return [self._resolved(member, above) for member in value]
        if not isinstance(value, dict):
            return value
        name = _name(value)
        if name in self.by_name and name not in above and self.left > 0:
            self.left -= 1
            return {key: self._resolved(member, (*above, name)) for key, member in self.by_name[name].items()}
        return {key: self._resolved(member, above) for key, member in value.items()}


def _name(value: dict[str, Any]) -> str:
    """Give the name that an object refers to, if it has nothing but that."""
    return str(value[_ID]) if value.keys() == {_ID} else ""


def _references(value: Any) -> Iterator[str]:
    """Yield the names of nodes that something refers to."""
    if isinstance(value, dict):
        if name := _name(value):
            yield name
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:
            yield from _references(member)
