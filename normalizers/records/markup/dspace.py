"""DSpace's XOAI: elements within elements, whose attributes spell out the names of flat fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from normalizers.records.field_names import FieldName
from normalizers.records.mapping import Node
from normalizers.records.mapping.selection import own_text

_NAME, _VALUE = "name", "value"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][^\W_]{2,8})*", re.IGNORECASE)
_NO_LANGUAGE = frozenset({"", "none", "*"})
_OF_A_VALUE = frozenset({"authority", "confidence"})
"""What DSpace says of a value beside it: keys of its own lists of persons."""


def flatten_xoai(root: Node, find: Callable[[str], FieldName | None]) -> Node:
    """Make one node of each value, named as DSpace names its fields ("dc.title.alternative"), with the language that stands last.

    Whether the last name is a language or a qualifier is told by its form, and by whether the locales know the whole as a field.
    """
    return replace(root, children=tuple(_flat(root, (), find)))


def _flat(node: Node, above: tuple[str, ...], find: Callable[[str], FieldName | None]) -> Iterator[Node]:
    for child in node.children:
        name = child.attributes.get(_NAME, "")
        if child.name == "element":
            if text := own_text(child):
                yield replace(child, text=text, children=())
            yield from _flat(child, (*above, name), find)
        elif child.name == "field":
            yield _field(child, above, find)
        else:
            yield child


def _field(node: Node, above: tuple[str, ...], find: Callable[[str], FieldName | None]) -> Node:
    names, language = above, ""
    if len(above) > 1 and (above[-1] in _NO_LANGUAGE or (_LANGUAGE.fullmatch(above[-1]) and not find(".".join(above)))):
        names, language = above[:-1], above[-1]
    own = node.attributes.get(_NAME, "")
    path = names if own == _VALUE else (own,) if own in _OF_A_VALUE else (*names, own)
    stated = {} if language in _NO_LANGUAGE else {"xml:lang": language}
    rest = {key: text for key, text in node.attributes.items() if key != _NAME}
    return replace(node, attributes={**stated, **rest, _NAME: ".".join(path)})
