"""What a MARC record says of its type in codes: the dissertation note, the field 008 and the leader, in the order in which they count.

What the codes mean is data (``library_codes.yaml``); here stands where they are. Each is said with its place, as in "MARC 008/21 n".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from normalizers.records.mapping import Node

CODED_TYPE: Final = "coded_type"
"""Name of the nodes that hold such codes."""

_THESIS, _DEGREE, _NOTE = "502", "b", "a"
_LEADER, _FIXED = "leader", "008"
_PAIR: Final = slice(6, 8)
_PAIR_LENGTH = 2


class _Position(Struct, frozen=True):
    """Characters of 008 that tell a type in records whose leader has one of ``types`` and ``levels``, if they are among ``codes``."""

    name: str
    types: str
    levels: str
    span: slice
    codes: str


# MARC 21 names positions from 0. Codes that say what a part of the work is, or what is no type, are left out.
_POSITIONS = (
    _Position("008/24-27", "at", "acdm", slice(24, 28), "mjt"),
    _Position("008/29", "at", "m", slice(29, 30), "1"),
    _Position("008/21", "a", "is", slice(21, 22), "dgjmnpsw"),
    _Position("008/26", "m", "abcdims", slice(26, 27), "abcdeghi"),
    _Position("008/25", "ef", "abcdims", slice(25, 26), "abcde"),
    _Position("008/33", "gkor", "abcdims", slice(33, 34), "afiklmnostv"),
)


def coded_types(children: tuple[Node, ...]) -> Iterator[Node]:
    """Yield a node for each code of a record that tells a type; what counts most comes first."""
    for note in (child for child in children if child.name == _THESIS):
        yield _coded(f"{_THESIS}; {_degree_of(note)}".rstrip("; "), note)
    leader = next((child for child in children if child.name == _LEADER), None)
    pair = leader.text[_PAIR].strip() if leader else ""
    if leader is None or len(pair) < _PAIR_LENGTH:
        return
    for field in (child for child in children if child.name == _FIXED):
        for place in _POSITIONS:
            if pair[0] in place.types and pair[1] in place.levels:
                yield from (_coded(f"{place.name} {code}", field) for code in field.text[place.span] if code in place.codes)
    yield _coded(f"leader/06-07 {pair}", leader)


def _degree_of(note: Node) -> str:
    """Give the degree that a dissertation note names, or the words of the note before the school."""
    degree = next((below.text for below in note.children if below.name == _DEGREE), "")
    words = next((below.text for below in note.children if below.name == _NOTE), "")
    return degree or (words.partition("--")[0] if "--" in words else "")


def _coded(said: str, at: Node) -> Node:
    return Node(CODED_TYPE, f"MARC {said}", place=at.place)
