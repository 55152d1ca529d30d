"""MARC 21 in its transmission format (ISO 2709): records one after the other, each with a mark at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_END = b"\x1d"
_HEAD = 1 << 10
_PADDING = b" \t\r\n\0\x1a"


def read_marc21(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take what lies between two marks of an end as a record, whatever length its leader states.

    As such files have no lines, the place of a record is its number, counted from 1.
    """
    kept = bytearray()
    number = length = 0
    for block in blocks:
        *whole, rest = block.split(_END)
        for piece in whole:
            number += 1
            yield from _record(Place(file, number), bytes(kept) + piece, length + len(piece))
            kept.clear()
            length = 0
        length += len(rest)
        kept += rest if length <= LIMIT else b""
        if length > LIMIT:
            del kept[_HEAD:]
    if kept.strip(_PADDING):
        place = Place(file, number + 1)
        yield Reject(place, "Unclosed record", "the input ends within the record", "", bytes(kept[:_HEAD]), length)


def _record(place: Place, raw: bytes, length: int) -> Iterator[Item | Reject]:
    if length > len(raw):
        yield Reject(place, "Record too long", f"the record has {length:,} bytes", "", raw[:_HEAD], length)
    elif raw.strip(_PADDING):
        yield Item(place, raw.lstrip(_PADDING) + _END, "marc21")
