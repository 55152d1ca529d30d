"""The report for a person at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bulk.report.content import FREQUENT, STATUSES
from bulk.terminal import visible

if TYPE_CHECKING:
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
    fields = Table("field", *STATUSES, title=f"{tally.records:,} records", title_justify="left")
    for name in sorted({name for name, _ in tally.statuses}):
        fields.add_row(name, *(f"{tally.statuses[name, status]:,}" for status in STATUSES))
    console.print(fields)
    if tally.issues:
        issues = Table("issue", "answers", title="Issues", title_justify="left")
        for code, count in tally.issues.most_common():
            issues.add_row(Text(code), f"{count:,}")
        console.print(issues)
    if tally.unresolved:
        values = Table("field", "value", "times", "first in", title="Most frequent unresolved values", title_justify="left")
        for name, value, count, place in tally.most_unresolved(FREQUENT):
            values.add_row(Text(name), Text(visible(value)), f"{count:,}", Text(place))
        console.print(values)
