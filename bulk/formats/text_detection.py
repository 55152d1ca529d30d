"""Which format a text has that is neither JSON nor XML: tags, entries, a table, or the labelled lines of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from bulk.engine import open_engine
from bulk.formats.delimited import find_delimiter, find_header, split_row

Knows = Callable[[str], bool]
"""Tells whether a name stands for a field of a record."""

_TAGGED = re.compile(rb"^(?:TY {1,2}- ?\w|PT [A-Z]\r?$|FN (?:Clarivate|Thomson|ISI))", re.MULTILINE)
_ENTRY = re.compile(rb"^[ \t]*@[ \t]*(?:string|preamble|comment|\w+[ \t]*[{(][ \t]*[^\s{}(),=]*[ \t]*,)", re.MULTILINE | re.IGNORECASE)
_COMPARED = 20
_LEAST_ALIKE = 0.8
_WIDE = 4
"""Columns from which on a table is one by its shape alone: no page has so many separators in each of its lines."""

_LONGEST_NAME = 160
_NO_NAME = re.compile(r"[\d\s.,/+-]*|.*(?:://|:\s).*|.*[:.!?]", re.DOTALL)


def knows_name(name: str) -> bool:
    """Tell whether a name stands for a field, by the locales that drets brings."""
    return open_engine().knows_name(name)


def recognize_text(text: bytes, knows: Knows, *, complete: bool) -> str | None:
    """Name the format, or say None where what is there does not suffice; ``complete`` means that there is no more."""
    if _TAGGED.search(text):
        return "ris"
    if _ENTRY.search(text):
        return "bibtex"
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    known = lines if complete else lines[:-1]
    if len(known) >= len(("header", "row")) and _is_table([line.decode("utf-8", "replace") for line in known[:_COMPARED]], knows):
        return "csv"
    # A row may go on in lines that are not there yet.
    return "text" if complete or len(known) >= _COMPARED else None


def _is_table(lines: list[str], knows: Knows) -> bool:
    """Tell a table from a page: by its shape, or else by the names of fields in its first row.

    A page may be a table of another kind: each line a name, a value and perhaps a language, with tabs between.
    """
    found = find_delimiter([line + "\n" for line in lines])
    if found is None:
        return False
    delimiter, alike = found
    header = find_header([split_row(line, delimiter) for line in lines if line.strip()])
    names = [cell for cell in header if cell.strip()]
    if not all(map(_may_be_name, names)):
        return False
    if alike >= _LEAST_ALIKE and len(header) >= _WIDE:
        return True
    below = [split_row(line, delimiter)[0] for line in lines[1:] if line.strip()]
    is_page = sum(map(knows, below)) * 2 > len(below)
    known = sum(map(knows, names))
    return not is_page and (known * 2 > len(names) or (known > 0 and alike >= _LEAST_ALIKE))


def _may_be_name(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and not _NO_NAME.fullmatch(cell.strip())
