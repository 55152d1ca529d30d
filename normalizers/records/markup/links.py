"""RDF/XML: an element that only points to something described in the same record says its name."""

from __future__ import annotations

from msgspec.structs import replace

from normalizers.records.mapping import Node

_ABOUT, _LINK = "about", "resource"
_NAMES = ("prefLabel", "name", "altLabel", "label")


def resolve_links(root: Node) -> Node:
    """Give elements that point to a person, place or concept of the record its first name as their text; the link stays beside it."""
    names = {about: name for node in root.children if (about := node.attributes.get(_ABOUT)) and (name := _name(node))}
    return replace(root, children=tuple(_resolved(node, names) for node in root.children)) if names else root


def _resolved(node: Node, names: dict[str, str]) -> Node:
    return replace(node, children=tuple(_named(child, names) for child in node.children))


def _named(node: Node, names: dict[str, str]) -> Node:
    found = names.get(node.attributes.get(_LINK, ""))
    return replace(node, text=found) if found and not node.whole().strip() else node


def _name(node: Node) -> str:
    stated = (child.whole().strip() for label in _NAMES for child in node.children if child.name == label)
    return next(filter(None, stated), "")
