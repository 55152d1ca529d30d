"""Tables of text (CSV, TSV): one record a row, named by the header and never by the place of a column."""

from __future__ import annotations

import csv
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from bulk.formats.columns import Columns
from bulk.json_text import dump_line
from bulk.lines import Line, read_lines, with_line_feeds
from bulk.records import Item, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS = ",;\t|"
LONGEST_ROW = 16 << 20
"""Bytes of the longest row: a quote that is never closed must not swallow the rest of a file."""

_SAMPLE = 20
"""Rows by which the delimiter is told."""

_FORGIVEN = 4
"""A row of so many columns may have one too many or too few, one of twice as many two."""

_COMMENT = "#"
csv.field_size_limit(LONGEST_ROW)


def read_delimited(file: str, blocks: Iterable[bytes], delimiter: str | None = None) -> Iterator[Item | Reject]:
    """Take every row below the header as a record; the delimiter is told by the first rows, if it is not given.

    Rows at the top that start with "#" are headers, too: the one that names most columns counts.
    """
    lines = _Lines(_texts(blocks))
    if delimiter is None:
        delimiter = (find_delimiter(lines.ahead()[:_SAMPLE]) or DELIMITERS)[0]
    rows = _Rows(file, lines, delimiter)
    columns: Columns | None = None
    headers: list[list[str]] = []
    for row in rows.read():
        if isinstance(row, Reject):
            yield row
            if columns is None and not row.raw.startswith(_COMMENT.encode()):
                # Without its header no row says what it holds.
                return
        elif columns is None and row.cells[0].startswith(_COMMENT):
            headers.append(row.cells)
        elif columns is None and headers:
            columns = Columns.of(find_header(headers), delimiter)
            yield _item(file, row, columns)
        elif columns is None:
            columns = Columns.of(row.cells, delimiter)
        else:
            yield _item(file, row, columns)


def find_delimiter(lines: list[str]) -> tuple[str, float] | None:
    """Tell what stands between the cells of a table: what most rows have as often as the header; None where it is no table.

    The second part of the answer is the share of rows that are as wide as the header.
    """
    best: tuple[float, int] = (0.0, 1)
    found = None
    for delimiter in DELIMITERS:
        rows = list(_sampled(lines, delimiter))
        width = len(find_header(rows)) if rows else 1
        alike = sum(abs(len(row) - width) <= width // _FORGIVEN for row in rows) / len(rows) if rows else 0.0
        if width > 1 and (alike, width) > best:
            best, found = (alike, width), (delimiter, alike)
    return found


def _sampled(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that hold anything up to one that breaks, which is set aside with its place when it is its turn."""
    with suppress(csv.Error):
        yield from (row for row in csv.reader(lines, delimiter=delimiter) if any(row))


def find_header(rows: list[list[str]]) -> list[str]:
    """Choose the header among the first rows: the first, or of those that start with "#" the one that names most columns.

    Of two that name as many it is the last, which is for people.
    """
    marked = list(takewhile(lambda row: row[0].startswith(_COMMENT), rows)) or rows[:1]
    return max(enumerate(marked), key=lambda row: (len({cell for cell in row[1] if cell.strip()}), row[0]))[1]


def split_row(line: str, delimiter: str) -> list[str]:
    """Split one line of a table; there is at least one cell."""
    return next(_sampled([line], delimiter), [""])


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Text:
    number: int
    text: str
    is_sound: bool = True


@dataclass(slots=True)
class _Lines:
    """Lines with a way back: ``taken`` are those that the row being read consists of."""

    source: Iterator[list[_Text]]
    waiting: deque[_Text] = field(default_factory=deque)
    taken: list[_Text] = field(default_factory=list)
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while not self.waiting:
            self.waiting.extend(next(self.source))
        line = self.waiting.popleft()
        self.taken.append(line)
        self.size += len(line.text)
        if self.size > LONGEST_ROW:
            raise csv.Error("a quote is opened and not closed")
        return line.text

    def ahead(self) -> list[str]:
        """Look at the first lines without taking them: a header and a row, and what came with them."""
        while len(self.waiting) < len(("header", "row")) and (lines := next(self.source, None)):
            self.waiting.extend(lines)
        return [line.text for line in self.waiting]

    def begin(self) -> None:
        """Begin a new row."""
        self.taken.clear()
        self.size = 0

    def back_to_second(self) -> None:
        """Put back all lines of this row but the first."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


@dataclass(slots=True)
class _Rows:
    file: str
    lines: _Lines
    delimiter: str

    def read(self) -> Iterator[_Row | Reject]:
        """Yield the rows that hold anything."""
        while True:
            self.lines.begin()
            reader = csv.reader(self.lines, delimiter=self.delimiter, strict=True)
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                # Where quotes are wrong, nobody knows where the row ends: its first line is given up, and the next may begin a row.
                self.lines.back_to_second()
                yield self._reject("Malformed row", str(fault))
                continue
            first = self.lines.taken[0]
            if not all(line.is_sound for line in self.lines.taken):
                yield self._reject("Not UTF-8", "there are bytes that are no UTF-8; name the encoding of the file with --encoding")
            elif any(map(str.strip, cells)):
                yield _Row(first.number, cells)

    def _reject(self, title: str, detail: str) -> Reject:
        raw = "".join(line.text for line in self.lines.taken).encode()
        return Reject(Place(self.file, self.lines.taken[0].number), title, detail, "", raw, len(raw))


def _texts(blocks: Iterable[bytes]) -> Iterator[list[_Text]]:
    for lines in read_lines(with_line_feeds(blocks)):
        yield [_text(line) for line in lines]


def _text(line: Line) -> _Text:
    raw = line.raw.rstrip(b"\r")
    try:
        return _Text(line.number, raw.decode() + "\n")
    except UnicodeDecodeError:
        return _Text(line.number, raw.decode("utf-8", "replace") + "\n", is_sound=False)


def _item(file: str, row: _Row, columns: Columns) -> Item:
    content: dict[str, Any] = columns.named(row.cells)
    return Item(Place(file, row.line), dump_line(content), "json")
