"""Makes the tree of nodes out of XML elements: names without prefixes, each with its place as a path of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from lxml import etree
from msgspec.structs import replace

from normalizers.errors import MalformedRecordError
from normalizers.records.json_syntax import DEEPEST
from normalizers.records.mapping import Node, Schema
from normalizers.records.mapping.model import bare
from normalizers.records.model import Place

_XML = "http://www.w3.org/XML/1998/namespace"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

Known = Callable[[str], str]
"""Gives a namespace back if any table knows it, and nothing if none does: then the local name alone counts."""


class KnownNamespaces:
    """Tells namespaces that a table knows from those that none does. An object, so that it can be kept with the compiled tables."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        declared = [each for schema in schemas.values() for found in schema.namespaces.values() for each in found]
        self._whole = frozenset(bare(each.removesuffix("*")) for each in declared)
        self._starts = tuple(bare(each[:-1]) for each in declared if each.endswith("*"))
        self._cached = lru_cache(maxsize=1024)(self._look_up)

    def __call__(self, address: str) -> str:
        """Give a namespace back if a table knows it, and nothing if none does."""
        return self._cached(address)

    def _look_up(self, address: str) -> str:
        named = bare(address)
        return address if named in self._whole or named.startswith(self._starts) else ""


def to_node(element: etree._Element, known: Known) -> Node:
    """Make the tree of an element and all below it. Raises RecordSyntaxError where it is nested too deep."""
    name, namespace = _name(element.tag, known)
    return _node(element, Node(name, namespace=namespace, place=Place(f"/{name}")), known, 1)


def descend(node: Node) -> Iterator[Node]:
    """Yield a node and those below it, level by level."""
    level = [node]
    while level:
        yield from level
        level = [child for above in level for child in above.children]


def without(tree: Node, gone: Node) -> Node:
    """Give a tree without one of the nodes in it."""
    kept = tuple(without(child, gone) for child in tree.children if child is not gone)
    return replace(tree, children=kept)


def _node(element: etree._Element, named: Node, known: Known, depth: int) -> Node:
    if depth > DEEPEST:
        raise MalformedRecordError(f"nested deeper than {DEEPEST} levels", named.place.pointer or "")
    seen: Counter[str] = Counter()
    children = []
    text = element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            raise MalformedRecordError("a reference to an entity that is not declared", named.place.pointer or "")
        name, namespace = _name(child.tag, known)
        seen[name] += 1
        place = Place(f"{named.place.pointer}/{name}[{seen[name]}]" if seen[name] > 1 else f"{named.place.pointer}/{name}")
        children.append(_node(child, Node(name, namespace=namespace, place=place, tail=child.tail or ""), known, depth + 1))
    return Node(named.name, text, tuple(children), _attributes(element), named.namespace, named.place, named.tail)


def _attributes(element: etree._Element) -> dict[str, str]:
    """Name attributes without their prefix, but for the language; where files to check against lie is no part of a record."""
    found: dict[str, str] = {}
    # Those without a namespace first: they are the schema's own, and "type" is not XLink's.
    if not element.attrib:
        return found
    for tag, value in sorted(element.attrib.items(), key=lambda pair: str(pair[0]).startswith("{")):
        namespace, name = _split(str(tag))
        if namespace == _INSTANCE or (not namespace and name in {"xsi:schemaLocation", "schemaLocation"}):
            continue
        found.setdefault(f"xml:{name}" if namespace == _XML else name.rpartition(":")[2], str(value))
    return found


def _name(tag: str, known: Known) -> tuple[str, str]:
    namespace, name = _split(tag)
    return name.rpartition(":")[2], known(namespace) if namespace else ""


def _split(tag: str) -> tuple[str, str]:
    namespace, found, name = tag.rpartition("}")
    return (namespace[1:], name) if found else ("", tag)
