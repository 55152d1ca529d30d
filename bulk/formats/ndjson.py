"""NDJSON: one record a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.formats.json_records import split_object
from bulk.lines import read_lines
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_ndjson(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take every line that is not blank as a record, so that a broken one costs none of the others."""
    for lines in read_lines(blocks):
        for line in lines:
            if line.is_cut:
                yield Reject(Place(file, line.number), "Record too long", f"the line has {line.length:,} bytes", "", line.raw, line.length)
            elif line.raw.strip():
                yield from split_object(file, line.number, line.raw)
