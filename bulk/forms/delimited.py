"""CSV by RFC 4180, in UTF-8: a row a record, a list in one cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BETWEEN = " || "
"""Stands between the values of a list, as repositories have it in their own exports."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """Write rows, each with its end."""
    written = io.StringIO()
    csv.writer(written).writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    r"""Write a value as a text that no spreadsheet takes for a formula.

    A record is anyone's text, and a cell that starts with ``=`` is run when the file is opened; an apostrophe before it stops that
    (OWASP, CSV injection).

    >>> _cell("=HYPERLINK(1)"), _cell(["a", "b"]), _cell(True), _cell(None)
    ("'=HYPERLINK(1)", 'a || b', 'true', '')
    """
    text = BETWEEN.join(map(_plain, value)) if isinstance(value, list) else _plain(value)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
