"""Decisions as CSV, out and in: for people who decide in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row

from normalizers import OVERRIDABLE, Registry, term_key
from service.problems import Fault, invalid
from service.terms.counting import LONGEST, key_of
from service.terms.decisions import Decision, Kind, check_identifier

COLUMNS = ("field", "text", "decision", "identifier", "author", "note")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_AUTHOR, _LONGEST_NOTE = 200, 2_000


def write_sheet(rows: Iterable[Row[Any]]) -> str:
    """Write decisions; a cell that a spreadsheet would take for a formula is led by an apostrophe, which reading takes away."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_guard(getattr(row, column) or "") for column in COLUMNS])
    return sheet.getvalue()


def read_sheet(text: str, registry: Registry, most: int) -> list[Decision]:
    """Read decisions, each checked; one faulty row refuses all.

    Raises:
        ProblemError: 422 with the line and column of every fault.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [column for column in COLUMNS[:3] if column not in (reader.fieldnames or ())]
    if missing:
        raise invalid(Fault("/1", f"The first line names the columns; missing: {', '.join(missing)}."))
    decisions: list[Decision] = []
    faults: list[Fault] = []
    try:
        for row in reader:
            if len(decisions) + len(faults) >= most:
                raise invalid(Fault(f"/{reader.line_num}", f"At most {most:,} decisions are taken at a time."))
            found = list(_faults(row, registry, reader.line_num))
            faults.extend(found)
            if not found:
                decisions.append(_decision(row))
    except csv.Error as fault:
        raise invalid(Fault(f"/{reader.line_num}", f"This is no CSV: {fault}.")) from None
    if faults:
        raise invalid(*faults)
    return decisions


def _faults(row: dict[str, str | None], registry: Registry, line: int) -> Iterator[Fault]:
    field, text, kind = (_cell(row, column) for column in COLUMNS[:3])
    identifier = _cell(row, "identifier")
    if field not in OVERRIDABLE:
        yield Fault(f"/{line}/field", f"The fields are {', '.join(OVERRIDABLE)}.")
    if not term_key(text) or len(text) > LONGEST:
        yield Fault(f"/{line}/text", f"A term has a word in it, and at most {LONGEST:,} characters.")
    if kind not in set(Kind):
        yield Fault(f"/{line}/decision", f"The decisions are {', '.join(Kind)}.")
    elif (kind == Kind.IDENTIFIER) != bool(identifier):
        yield Fault(f"/{line}/identifier", "An identifier belongs to the decision 'identifier', and to no other.")
    elif identifier and field in OVERRIDABLE and (wrong := check_identifier(registry, field, identifier)):
        yield Fault(f"/{line}/identifier", wrong)
    if len(_cell(row, "author")) > _LONGEST_AUTHOR or len(_cell(row, "note")) > _LONGEST_NOTE:
        yield Fault(f"/{line}", f"An author has at most {_LONGEST_AUTHOR} characters, a note {_LONGEST_NOTE:,}.")


def _decision(row: dict[str, str | None]) -> Decision:
    folded = term_key(_cell(row, "text"))
    return Decision(
        field=_cell(row, "field"),
        key=key_of(folded),
        folded=folded,
        text=_cell(row, "text"),
        decision=Kind(_cell(row, "decision")),
        identifier=_cell(row, "identifier") or None,
        author=_cell(row, "author"),
        note=_cell(row, "note"),
    )


def _guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(row: dict[str, str | None], column: str) -> str:
    cell = (row.get(column) or "").replace("\0", " ").strip(" ")
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
