"""Parquet: one record a row, read by row groups; nested columns are objects and lists."""

from __future__ import annotations

import base64
import tempfile
from datetime import date, time
from typing import IO, TYPE_CHECKING, Any

from bulk.exits import Failure
from bulk.json_text import dump_line
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyarrow.parquet import ParquetFile

_ROWS = 256
_WRITTEN = (str, int, float, date, time, type(None))


def read_parquet(file: str, blocks: Iterable[bytes]) -> Iterator[Item | Reject]:
    """Take every row as a record; its place is its number. A row group that is damaged costs only its own rows.

    The format has to be read from its end, so the content is kept in a temporary file meanwhile, not in memory.

    Raises:
        Failure: The extra ``parquet`` is not installed.
    """
    with tempfile.TemporaryFile() as kept:
        for block in blocks:
            kept.write(block)
        if kept.tell():
            yield from _rows(file, kept)


def _rows(file: str, kept: IO[bytes]) -> Iterator[Item | Reject]:
    try:
        # Imported here: it takes as long as reading a thousand values, and only this format needs it.
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as missing:
        raise Failure("Parquet needs a library that is not installed: pip install 'drets[parquet]'") from missing
    try:
        table = parquet.ParquetFile(kept)
    except (pa.ArrowException, OSError) as fault:
        yield Reject(Place(file, 1), "Damaged Parquet", str(fault))
        return
    before = 0
    for group in range(table.num_row_groups):
        count = table.metadata.row_group(group).num_rows
        try:
            yield from _group(file, table, group, before)
        except (pa.ArrowException, OSError) as fault:
            yield Reject(Place(file, before + 1), "Damaged Parquet", f"row group {group} with {count:,} rows cannot be read: {fault}")
        before += count


def _group(file: str, table: ParquetFile, group: int, before: int) -> Iterator[Item]:
    number = before
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group]):
        for row in batch.to_pylist():
            number += 1
            yield Item(Place(file, number), dump_line({name: plain(value) for name, value in row.items() if value is not None}), "json")


def plain(value: Any) -> Any:
    """Give a value in types that are written as JSON. Maps become objects; bytes are text where they are UTF-8, else Base64."""
    if isinstance(value, dict):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list):
        is_map = bool(value) and all(isinstance(item, tuple) for item in value)
        return plain(dict(value)) if is_map else [plain(item) for item in value]
    if isinstance(value, bytes):
        return _text(value)
    return value if isinstance(value, _WRITTEN) else str(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()
