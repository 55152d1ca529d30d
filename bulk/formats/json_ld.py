"""JSON-LD with a graph: one record for each node that no other refers to, with what it refers to put in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bulk.json_text import JSONFaultError, dump_line, parse_json
from bulk.records import Item, Reject
from normalizers import graph_of, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 16 << 20
"""Bytes of the longest document with a graph: its parts may refer to each other from one end to the other."""

_HAS_GRAPH = re.compile(rb'"@graph"\s*:\s*\[')


def may_have_graph(head: bytes) -> bool:
    """Tell whether a document may be one with a graph, by its first bytes."""
    return _HAS_GRAPH.search(head) is not None


def split_graph(item: Item | Reject) -> Iterator[Item | Reject]:
    """Take a document apart; one that has no graph, or cannot be parsed, stays as it is."""
    document: Any = None if isinstance(item, Reject) else _parsed(item.raw)
    nodes = graph_of(document)
    if isinstance(item, Reject) or nodes is None:
        yield item
    elif len(item.raw) > LONGEST:
        detail = f"a document with a graph has {len(item.raw):,} bytes"
        yield Reject(item.place, "Record too long", detail, "", item.raw[:1024], len(item.raw))
    else:
        try:
            yield from [replace(item, raw=dump_line(node)) for node in records_of(document, nodes)]
        except RecursionError:
            yield item


def _parsed(raw: bytes) -> Any:
    try:
        return parse_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except JSONFaultError:
        return None
