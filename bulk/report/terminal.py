"""The report for a person at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bulk.report.content import FREQUENT, STATUSES
from bulk.terminal import visible

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from bulk.report.content import Outcome
    from bulk.tally import Tally


def show_report(outcome: Outcome) -> None:
    """Say on standard error what a run found: tables on a terminal, where there was more than one record; else one line.

    In a pipe nothing is said when all went well.
    """
    if outcome.rejected:
        click.echo(f"drets: {outcome.tally.records:,} normalized, {outcome.rejected:,} rejected", err=True)
    if outcome.tally.records > 1 and sys.stderr.isatty():
        _show_tables(outcome.tally)


def _show_tables(tally: Tally) -> None:
    # Imported here: in a pipe nobody needs it, and it takes as long as reading a thousand values.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True)
    for title, columns, rows in _tables(tally):
        if rows:
            table = Table(*columns, title=title, title_justify="left")
            for row in rows:
                table.add_row(*(Text(visible(cell)) for cell in row))
            console.print(table)


def _tables(tally: Tally) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    """Give the title, columns and rows of every table. Records before and after are for the page: a terminal has no room for them."""
    methods = sorted({method for _, method in tally.methods})
    yield f"{tally.records:,} records", ("field", *STATUSES), _counts(tally.statuses, STATUSES)
    yield "Read by", ("field", *methods), _counts(tally.methods, methods)
    yield "Issues", ("issue", "answers"), [(code, f"{count:,}") for code, count in tally.issues.most_common()]
    unresolved = [(name, value, f"{count:,}", place) for name, value, count, place in tally.most_unresolved(FREQUENT)]
    yield "Most frequent unresolved values", ("field", "value", "times", "first in"), unresolved
    unsaid = [(place, reason, f"{count:,}") for (place, reason), count in tally.unsaid.most_common(FREQUENT)]
    lacks = [(element, "demanded, and not in the record", f"{count:,}") for element, count in tally.lacks.most_common()]
    yield "What the form of the output cannot say", ("part", "reason", "times"), [*unsaid, *lacks]


def _counts(counts: Counter[tuple[str, str]], kinds: Sequence[str]) -> list[list[str]]:
    """Make a row for each field, with a number for each kind."""
    return [[name, *(f"{counts[name, kind]:,}" for kind in kinds)] for name in sorted({name for name, _ in counts})]
