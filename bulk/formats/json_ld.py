"""JSON-LD with a graph: one record for each node that no other refers to, with what it refers to put in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bulk.json_text import JSONFaultError, dump_line, parse_json
from bulk.records import Item, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 16 << 20
"""Bytes of the longest document with a graph: its parts may refer to each other from one end to the other."""

_GRAPH, _ID, _CONTEXT = "@graph", "@id", "@context"
_HAS_GRAPH = re.compile(rb'"@graph"\s*:\s*\[')
_AT_LEAST, _TIMES = 1000, 10
_DESCRIPTOR = re.compile(r"ro-crate-metadata\.json(?:ld)?")


def may_have_graph(head: bytes) -> bool:
    """Tell whether a document may be one with a graph, by its first bytes."""
    return _HAS_GRAPH.search(head) is not None


def split_graph(item: Item | Reject) -> Iterator[Item | Reject]:
    """Take a document apart; one that has no graph, or cannot be parsed, stays as it is."""
    document = None if isinstance(item, Reject) else _parsed(item.raw)
    nodes = document.get(_GRAPH) if isinstance(document, dict) else None
    if isinstance(item, Reject) or not isinstance(document, dict) or not isinstance(nodes, list) or not _are_objects(nodes):
        yield item
    elif len(item.raw) > LONGEST:
        detail = f"a document with a graph has {len(item.raw):,} bytes"
        yield Reject(item.place, "Record too long", detail, "", item.raw[:1024], len(item.raw))
    else:
        context = {_CONTEXT: document[_CONTEXT]} if _CONTEXT in document else {}
        try:
            yield from [replace(item, raw=dump_line({**context, **node})) for node in _Graph.of(nodes).records()]
        except RecursionError:
            yield item


def _parsed(raw: bytes) -> Any:
    try:
        return parse_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except JSONFaultError:
        return None


def _are_objects(nodes: list[Any]) -> bool:
    return bool(nodes) and all(isinstance(node, dict) for node in nodes)


@dataclass(slots=True)
class _Graph:
    """The nodes of a document. ``left`` is how often a name may still be replaced: a few nodes can refer to each other without end."""

    nodes: list[dict[str, Any]]
    by_name: dict[str, dict[str, Any]]
    left: int

    @classmethod
    def of(cls, nodes: list[dict[str, Any]]) -> _Graph:
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
