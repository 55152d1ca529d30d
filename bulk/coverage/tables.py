"""Tab-separated tables of other people's labels, as they lie in a folder that is no part of the project."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]
Table = Sequence[Row]


class TableError(Exception):
    """A table is not there, or is not what it should be."""


def read_table(path: Path, columns: Collection[str]) -> Table:
    """Read a table: UTF-8, a header row, no quoting. Raises TableError where it lacks a column that is asked for."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
            missing = sorted(set(columns) - set(reader.fieldnames or ()))
            rows = tuple(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise TableError(f"{path}: {fault}") from fault
    if missing:
        raise TableError(f"{path}: there is no column {', '.join(missing)}")
    return rows
