"""Finds what the selectors of a rule mean below one node, and keeps account of what was taken there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from normalizers.records.mapping.model import Schema
from normalizers.records.mapping.paths import Path, Selector, Step
from normalizers.records.mapping.tree import Node
from normalizers.records.model import Place


class Found(Struct, frozen=True):
    """A text that a selector found: that of a node below, of the node itself, or of an attribute."""

    name: str
    text: str
    place: Place
    node: Node
    attribute: str = ""


class Taken(Struct, frozen=True):
    """What of a node and the nodes below is used already."""

    nodes: set[int] = field(default_factory=set)
    texts: set[int] = field(default_factory=set)
    attributes: set[tuple[int, str]] = field(default_factory=set)

    def take(self, found: Found) -> None:
        """Note that something was used; of a node itself (".") that is its own text, not the nodes below."""
        if found.attribute:
            self.attributes.add((id(found.node), found.attribute))
        elif found.name:
            self.nodes.add(id(found.node))
        else:
            self.texts.add(id(found.node))

    def has(self, found: Found) -> bool:
        """Tell whether something was used before."""
        if found.attribute:
            return (id(found.node), found.attribute) in self.attributes
        return id(found.node) in (self.nodes if found.name else self.texts)


def applies(schema: Schema, step: Step, node: Node) -> bool:
    """Tell whether a step means a node of its name: by its namespace, and by the conditions."""
    return (step.prefix == "*" or schema.owns(step.prefix, node.namespace)) and all(condition.holds(node) for condition in step.conditions)


def select(schema: Schema, selector: Selector, node: Node) -> Iterator[Found]:
    """Yield what a selector finds at and below a node, in the order of the record."""
    if len(selector.paths) == 1:
        yield from _walk(schema, selector.paths[0], 0, node, "")
        return
    found = [each for path in selector.paths for each in _walk(schema, path, 0, node, "")]
    order = {id(below): place for place, below in enumerate(descend(node))}
    yield from sorted(found, key=lambda each: order[id(each.node)])


def descend(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the record."""
    yield node
    for child in node.children:
        yield from descend(child)


def own_text(node: Node) -> str:
    """Give the text that stands in a node itself, without that of the nodes below."""
    return " ".join(filter(None, (piece.strip() for piece in (node.text, *(child.tail for child in node.children)))))


def _walk(schema: Schema, path: Path, depth: int, node: Node, name: str) -> Iterator[Found]:
    if depth < len(path.steps):
        step = path.steps[depth]
        for child in node.children:
            if step.name in {child.name, "*"} and applies(schema, step, child):
                yield from _walk(schema, path, depth + 1, child, f"{name}/{child.name}" if name else child.name)
    elif path.attribute:
        if path.attribute in node.attributes:
            place = node.attribute_place(path.attribute)
            yield Found(f"{name}/@{path.attribute}".lstrip("/"), node.attributes[path.attribute], place, node, path.attribute)
    elif path.steps:
        yield Found(name, node.whole(), node.place, node)
    else:
        yield Found("", own_text(node), node.place, node)
