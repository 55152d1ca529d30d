"""Parquet: the chosen columns, typed as the clean record has them, a list where a column holds many."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from bulk.outputs import give_name, partial_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalizers.records.crosswalks import Column

_TYPES = MappingProxyType({"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()})
_GROUP = 50_000
"""Rows of a row group: small enough for the memory of a reader, large enough for columns to compress."""


def build_schema(columns: Sequence[Column]) -> Any:
    """Make the Arrow schema of these columns."""
    return pa.schema([(column.name, pa.list_(_TYPES[column.kind]) if column.many else _TYPES[column.kind]) for column in columns])


def pack_rows(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> bytes:
    """Pack rows as one Arrow stream, so that worker processes do the work of typing them."""
    schema = build_schema(columns)
    arrays = [pa.array([row[index] for row in rows], field.type) for index, field in enumerate(schema)]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as stream:
        stream.write_batch(pa.record_batch(arrays, schema=schema))
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


class ParquetOutput:
    """A Parquet file that is written beside its name, and takes it when it is complete.

    Its index is written last, so that no run can go on with half of one.
    """

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path = path
        self.partial = partial_path(path)
        self._schema = build_schema(columns)
        self._writer = pq.ParquetWriter(self.partial, self._schema, compression="zstd")
        self._held: list[Any] = []

    def write(self, block: bytes) -> None:
        """Take the rows of one packed block, and write a row group once there are enough."""
        if block:
            self._held.extend(pa.ipc.open_stream(block))
        if sum(batch.num_rows for batch in self._held) >= _GROUP:
            self._flush()

    def sync(self) -> int:
        """Tell nothing: what lies on the disk is no Parquet file yet."""
        return 0

    def finish(self) -> None:
        """Write the rest and the index, and let the file replace whatever had its name."""
        self._flush()
        self._writer.close()
        give_name(self.path)

    def close(self) -> None:
        """Let go of the file; one that is not finished is of no use to anyone, and goes."""
        self._writer.close()
        self.partial.unlink(missing_ok=True)

    def _flush(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_batches(self._held, self._schema))
            self._held.clear()
