"""Every form by its name."""

from __future__ import annotations

from functools import cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from bulk.exits import Failure
from bulk.forms import delimited
from bulk.forms.model import Form, FormOrder
from bulk.json_text import dump_line
from bulk.outputs import open_output
from bulk.record_answers import dump_answer, dump_record
from normalizers.records.crosswalks import DEFAULT, TARGETS, XML, Crossing, list_columns, tabulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bulk.outputs import Output
    from normalizers import RecordAnswer, Registry
    from normalizers.records.crosswalks import Column

ROWS = ("csv", "parquet")
"""Forms that are tables, of the columns that are chosen."""

WHOLE_ONLY = frozenset({"parquet"})
"""Forms whose file is worth nothing until its end is written, so that a run cannot go on with half of one."""

NAMES = ("ndjson", "record", *TARGETS, *ROWS)
"""The forms that ``--to`` takes: whole answers, clean records alone, and what these are crossed to."""

_XML_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<records>\n'
_XML_TAIL = b"</records>\n"


def check_form(order: FormOrder) -> None:
    """Refuse a form that cannot be written.

    Raises:
        click.UsageError: There is no such column, or the form has no columns.
        Failure: A library is missing for it.
    """
    if order.columns and order.to not in ROWS:
        raise click.UsageError(f"--columns is for {' and '.join(ROWS)}, not for {order.to}")
    if unknown := [name for name in order.columns if name not in list_columns()]:
        raise click.UsageError(f"no column is called {', '.join(map(repr, unknown))}; `drets schema --columns` lists them")
    if order.pretty and order.to not in {"ndjson", "record"}:
        raise click.UsageError("--pretty is for whole answers and clean records")
    if order.to == "parquet" and find_spec("pyarrow") is None:
        raise Failure("Parquet needs one library more: pip install 'drets[parquet]'")


@cache
def open_form(order: FormOrder) -> Form:
    """Make a form ready, once a process."""
    if order.to == "ndjson":
        return Form(lambda _, answer: Crossing(answer, (), ()), partial(_lines, partial(dump_answer, pretty=order.pretty)))
    if order.to == "record":
        return Form(lambda _, answer: Crossing(answer.metadata, (), ()), partial(_lines, partial(dump_record, pretty=order.pretty)))
    if order.to in ROWS:
        return _rows(order)
    target = TARGETS[order.to]
    if target.media_type == XML:
        return Form(partial(_cross, order.to), partial(_lines, target.dump), _XML_HEAD, _XML_TAIL)
    return Form(partial(_cross, order.to), partial(_lines, dump_line))


def open_form_output(order: FormOrder, path: Path | None, *, keep: int = 0) -> Output:
    """Open where the packed documents of a form are written to; Parquet is put together by its own writer."""
    if order.to not in WHOLE_ONLY or path is None:
        return open_output(path, keep=keep)
    from bulk.forms import parquet  # noqa: PLC0415 -- its library is an extra, and large

    return parquet.ParquetOutput(path, _columns(order))


def _columns(order: FormOrder) -> tuple[Column, ...]:
    return tuple(list_columns()[name] for name in order.columns or DEFAULT)


def _rows(order: FormOrder) -> Form:
    columns = _columns(order)

    def cross(_registry: Registry, answer: RecordAnswer) -> Crossing:
        return tabulate(answer.metadata, columns)

    if order.to == "csv":
        return Form(cross, delimited.write_rows, delimited.write_rows([[column.name for column in columns]]))
    from bulk.forms import parquet  # noqa: PLC0415 -- its library is an extra, and large

    return Form(cross, partial(parquet.pack_rows, columns))


def _cross(to: str, registry: Registry, answer: RecordAnswer) -> Crossing:
    return registry.cross(answer.metadata, to=to)


def _lines(dump: Callable[[Any], bytes], documents: Sequence[Any]) -> bytes:
    return b"".join(map(dump, documents))
