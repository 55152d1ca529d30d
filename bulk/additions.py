"""Adds labels to the text of a locale file, each to the list of its concept, and leaves all else as people wrote it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import yaml

from normalizers.strict_yaml import parse_yaml

_BEFORE = "examples"
"""The part that a file ends with; a new section goes before it."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A label for a concept of a section."""

    section: str
    concept: str
    label: str


def add_labels(text: str, additions: Iterable[Addition]) -> str:
    """Add labels to a locale file that is sound; a section or concept that is not there is begun."""
    wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for addition in additions:
        wanted[addition.section][addition.concept].append(addition.label)
    root: Any = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    inserted = [piece for section, concepts in wanted.items() for piece in _into_file(text, root, section, concepts)]
    pieces, done = [], 0
    for place, piece in sorted(inserted, key=itemgetter(0)):
        pieces += [text[done:place], piece]
        done = place
    return "".join([*pieces, text[done:]])


def write_scalar(text: str) -> str:
    """Write a text as YAML reads it back, within a list on one line, with quotes where it needs them."""
    return text if parse_yaml(f"[{text}]", "").content == [text] else json.dumps(text, ensure_ascii=False)


def _into_file(text: str, root: Any, section: str, concepts: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str]]:
    found = _value(root, section)
    if found is None:
        lines = "".join(f"  {_entry(concept, labels)}\n" for concept, labels in concepts.items())
        before = next((key.start_mark.index for key, _ in root.value if key.value == _BEFORE), len(text))
        start = "" if text[:before].endswith("\n") else "\n"
        yield before, f"{start}{section}:\n{lines}"
        return
    for concept, labels in concepts.items():
        known = _value(found, concept)
        yield _into_mapping(text, found, _entry(concept, labels)) if known is None else _into_concept(text, known, labels)


def _into_concept(text: str, known: Any, labels: Sequence[str]) -> tuple[int, str]:
    """Say where labels go in a list, or in a mapping of the kinds of labels, and what is written there."""
    if isinstance(known, yaml.MappingNode):
        other = _value(known, "alt")
        return _into_mapping(text, known, _entry("alt", labels)) if other is None else _into_concept(text, other, labels)
    written = [write_scalar(label) for label in labels]
    if known.flow_style:
        return known.end_mark.index - 1, "".join(f", {label}" for label in written)
    indent = " " * known.start_mark.column
    return _line_end(text, known), "".join(f"\n{indent}- {label}" for label in written)


def _into_mapping(text: str, known: Any, entry: str) -> tuple[int, str]:
    """Say where another entry goes in a mapping, and what is written there: behind the last one."""
    if known.flow_style:
        return known.end_mark.index - 1, f", {entry}"
    return _line_end(text, known), f"\n{' ' * known.start_mark.column}{entry}"


def _entry(name: str, labels: Sequence[str]) -> str:
    return f"{write_scalar(name)}: [{', '.join(map(write_scalar, labels))}]"


def _value(mapping: yaml.MappingNode, name: str) -> Any:
    return next((value for key, value in mapping.value if key.value == name), None)


def _line_end(text: str, node: Any) -> int:
    """Give the end of the last line of a node; the mark of one in a block stands where the next one begins."""
    while not (isinstance(node, yaml.ScalarNode) or node.flow_style):
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = text.find("\n", node.end_mark.index)
    return len(text) if end < 0 else end
