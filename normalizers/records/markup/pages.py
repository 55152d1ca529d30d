"""First and last page as one value, where a schema has an element for each."""

from __future__ import annotations

from msgspec.structs import replace

from normalizers.records.mapping import Node

PAGES = "pages"


def gather_pages(root: Node, first: str, last: str) -> Node:
    """Put the first and the last page under one node called ``pages``, where a record has the first."""
    members = tuple(child for child in root.children if child.name in {first, last})
    if not any(child.name == first for child in members):
        return root
    pages = Node(PAGES, children=members, place=members[0].place, namespace=members[0].namespace)
    return replace(root, children=(*(child for child in root.children if child not in members), pages))


def join_extents(node: Node) -> Node:
    """Write the pages of MODS that are given by their first and last as a list, "5-9", which is the other way it gives them."""
    if node.name == "extent":
        texts = {child.name: child.whole().strip() for child in node.children}
        if "start" in texts and "list" not in texts:
            pages = "-".join(filter(None, (texts["start"], texts.get("end"))))
            others = tuple(child for child in node.children if child.name not in {"start", "end"})
            return replace(node, children=(Node("list", pages, place=node.place, namespace=node.namespace), *others))
    return replace(node, children=tuple(map(join_extents, node.children))) if node.children else node
