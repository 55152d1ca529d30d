"""A record as a tree of named nodes: XML elements, members of JSON objects, MARC fields and their subfields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from normalizers.records.json_syntax import step
from normalizers.records.model import NOWHERE, Place

NOTHING: Mapping[str, str] = MappingProxyType({})


class Node(Struct, frozen=True):
    """A name with a text, attributes, and nodes below it.

    ``text`` stands before the first child, ``tail`` behind the node itself, as in lxml. ``namespace`` is the address of the name's
    namespace, empty where there is none or where nobody knows it. Attributes are named without a prefix, but for "xml:lang".
    """

    name: str
    text: str = ""
    children: tuple[Node, ...] = ()
    attributes: Mapping[str, str] = NOTHING
    namespace: str = ""
    place: Place = NOWHERE
    tail: str = ""

    def whole(self) -> str:
        """Give all the text in the node, that of nodes below in its place."""
        if not self.children:
            return self.text
        return self.text + "".join(child.whole() + child.tail for child in self.children)

    def has_own_text(self) -> bool:
        """Tell whether text stands in the node itself, before, between or behind the nodes below."""
        return bool(self.text.strip()) or any(child.tail.strip() for child in self.children)

    def attribute_place(self, name: str) -> Place:
        """Give the place of an attribute."""
        return Place(f"{self.place.pointer or ''}/@{name}")


def from_json(name: str, value: Any, pointer: str = "") -> tuple[Node, ...]:
    """Make nodes of a JSON value: one for each item of a list; a list within a list has nodes called "item".

    Members whose names start with "@" (JSON-LD) are attributes where they are no objects or lists. Null is a node without text.

    >>> from_json("title", ["One", "Two"])[1].place.pointer
    '/1'
    """
    if isinstance(value, list):
        return tuple(_item(name, item, step(pointer, index)) for index, item in enumerate(value))
    return (_item(name, value, pointer),)


def _item(name: str, value: Any, pointer: str) -> Node:
    if isinstance(value, list):
        return Node(name, children=from_json("item", value, pointer), place=Place(pointer))
    if not isinstance(value, Mapping):
        return Node(name, _as_text(value), place=Place(pointer))
    attributes = {str(key)[1:]: _as_text(member) for key, member in value.items() if _is_attribute(str(key), member)}
    return Node(name, children=tuple(_members(value, pointer)), attributes=attributes, place=Place(pointer))


def _members(value: Mapping[str, Any], pointer: str) -> Iterator[Node]:
    for key, member in value.items():
        if not _is_attribute(str(key), member):
            yield from from_json(str(key), member, step(pointer, str(key)))


def _is_attribute(key: str, member: Any) -> bool:
    return key.startswith("@") and len(key) > 1 and not isinstance(member, (list, Mapping))


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
