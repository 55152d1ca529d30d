"""Inputs that are one record as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.lines import LIMIT
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulk.records import EngineFormat

_HEAD = 1 << 10


def read_whole(file: str, blocks: Iterable[bytes], engine_format: EngineFormat) -> Iterator[Item | Reject]:
    """Take all of an input as one record; a blank one holds none, and a huge one is not kept."""
    kept = bytearray()
    length = 0
    for block in blocks:
        length += len(block)
        if length <= LIMIT:
            kept += block
    place = Place(file, 1)
    if length > LIMIT:
        yield Reject(place, "Record too long", f"the input is one record of {length:,} bytes", "", bytes(kept[:_HEAD]), length)
    elif kept.strip():
        yield Item(place, bytes(kept), engine_format)
