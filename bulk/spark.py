"""The same engine on many machines: columns of a Spark DataFrame in, answers beside them out.

Rows travel between Spark and Python as Arrow batches. Each Python worker process builds its registry once, at its first batch, and
answers with the functions of the command line, so that no answer differs. drets must be installed where the workers run.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql import functions as F  # noqa: N812 -- as everyone calls it
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from bulk.engine import open_engine
from bulk.forms import FormOrder, open_form
from bulk.json_text import dump_line
from bulk.record_answers import answer_record
from bulk.records import Item, Place, Reject
from normalizers import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import DataFrame

VALUE_COLUMNS = (
    StructField("status", StringType()),
    StructField("identifiers", ArrayType(StringType())),
    StructField("result", StringType()),
)
RECORD_COLUMNS = (StructField("answer", StringType()), StructField("reject", StringType()))
_VALUE_TYPES = (pa.string(), pa.list_(pa.string()), pa.string())
_RECORD_TYPES = (pa.string(), pa.string())


def normalize_values(df: DataFrame, column: str, field: str, *, distinct: bool = True) -> DataFrame:
    """Read the texts of a column as a field; gives the rows with ``status``, ``identifiers`` and ``result`` beside them.

    ``result`` is the answer that ``drets values`` gives, as JSON. A null has no answer. With ``distinct`` each different text is
    read once for all rows that have it, which takes an exchange of rows between machines: it is meant for texts that take long to
    read, such as statements of rights, and may cost more than it saves for short ones.

    Raises:
        ValueError: The rows have a column already that an answer would bring.
    """
    _check_free(df, VALUE_COLUMNS)
    if not distinct:
        return _map(df, partial(_answer_values, column, field), VALUE_COLUMNS)
    texts = df.select(F.col(column).alias("_text")).where(F.col(column).isNotNull()).distinct()
    answers = _map(texts, partial(_answer_values, "_text", field), VALUE_COLUMNS)
    return df.join(answers, df[column] == answers["_text"], "left").drop("_text")


def normalize_records(df: DataFrame, column: str, *, format: str = "json", to: str = "ndjson") -> DataFrame:  # noqa: A002 -- what it is called everywhere
    """Normalize the records of a column of texts or bytes; gives the rows with ``answer`` and ``reject`` beside them.

    ``answer`` is the line that ``drets normalize --to`` writes, ``reject`` the reason, as JSON, where a record could not be read. A
    null has neither.

    Raises:
        ValueError: The rows have a column already that an answer would bring.
    """
    _check_free(df, RECORD_COLUMNS)
    return _map(df, partial(_answer_records, column, format, FormOrder(to)), RECORD_COLUMNS)


def _check_free(df: DataFrame, added: Iterable[StructField]) -> None:
    taken = {name.lower() for name in df.columns} & {field.name for field in added}
    if taken:
        raise ValueError(f"the rows have a column already that the answer would bring: {', '.join(sorted(taken))}")


def _map(df: DataFrame, answer: Any, added: tuple[StructField, ...]) -> DataFrame:
    return df.mapInArrow(answer, StructType([*df.schema.fields, *added]))


def _answer_values(column: str, field: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    registry = open_engine()
    for batch in batches:
        rows: list[tuple[Any, ...]] = []
        for text in batch.column(column).to_pylist():
            if text is None:
                rows.append((None, None, None))
                continue
            result = registry.normalize(field, text)
            rows.append((result.status.value, list(result.identifiers), _line(dump_line(as_json(result)))))
        yield _beside(batch, rows, VALUE_COLUMNS, _VALUE_TYPES)


def _answer_records(column: str, format_name: str, form_order: FormOrder, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    registry, form = open_engine(), open_form(form_order)
    for batch in batches:
        rows: list[tuple[str | None, str | None]] = []
        for record in batch.column(column).to_pylist():
            if record is None:
                rows.append((None, None))
                continue
            raw = record if isinstance(record, bytes) else record.encode()
            answer = answer_record(registry, Item(Place("", 0), raw, format_name))
            if isinstance(answer, Reject):
                rows.append((None, _reason(answer)))
            else:
                rows.append((_line(form.pack((form.cross(registry, answer).document,))), None))
        yield _beside(batch, rows, RECORD_COLUMNS, _RECORD_TYPES)


def _beside(batch: pa.RecordBatch, rows: list[Any], added: Iterable[StructField], types: Iterable[pa.DataType]) -> pa.RecordBatch:
    arrays = [pa.array([row[index] for row in rows], type_) for index, type_ in enumerate(types)]
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays], [*batch.schema.names, *(field.name for field in added)])


def _line(written: bytes) -> str:
    return written.decode().rstrip("\n")


def _reason(reject: Reject) -> str:
    content = {"title": reject.title, "detail": reject.detail} | ({"pointer": reject.pointer} if reject.pointer else {})
    return _line(dump_line(content | {"bytes": reject.length, "record": reject.raw.decode("utf-8", "replace")}))
