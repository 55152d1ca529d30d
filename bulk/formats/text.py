"""The text of a record page: one record a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulk.formats.whole import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulk.records import Item, Reject


def read_text(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take the whole input as one record page."""
    return read_whole(file, blocks, "text")
