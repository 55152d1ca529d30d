"""What a run found: for a person at a terminal, and as a file for programs."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
import orjson

from bulk.outputs import whole_output
from bulk.terminal import visible

if TYPE_CHECKING:
    from pathlib import Path

    from bulk.tally import Tally

_STATUSES = ("matched", "ambiguous", "none", "unmatched")
_FREQUENT = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: the counts over the records that were normalized, and how many were turned away."""

    tally: Tally
    rejected: int


def write_report(outcome: Outcome, path: Path) -> None:
    """Write a report as JSON: counts by field and status, by field and method, of issues, and the most frequent unresolved values."""
    tally = outcome.tally
    content = {
        "records": tally.records,
        "rejected": outcome.rejected,
        "statuses": _nested(tally.statuses),
        "methods": _nested(tally.methods),
        "issues": dict(tally.issues.most_common()),
        "unresolved": [
            {"field": name, "text": text, "count": count, "example": place} for name, text, count, place in tally.most_unresolved(_FREQUENT)
        ],
        "unsaid": [{"pointer": place, "reason": reason, "count": count} for (place, reason), count in tally.unsaid.most_common()],
        "lacks": dict(tally.lacks.most_common()),
    }
    with whole_output(path) as out:
        out.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _nested(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    nested: dict[str, dict[str, int]] = {}
    for (name, kind), count in sorted(counts.items()):
        nested.setdefault(name, {})[kind] = count
    return nested


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
    fields = Table("field", *_STATUSES, title=f"{tally.records:,} records", title_justify="left")
    for name in sorted({name for name, _ in tally.statuses}):
        fields.add_row(name, *(f"{tally.statuses[name, status]:,}" for status in _STATUSES))
    console.print(fields)
    if tally.issues:
        issues = Table("issue", "answers", title="Issues", title_justify="left")
        for code, count in tally.issues.most_common():
            issues.add_row(Text(code), f"{count:,}")
        console.print(issues)
    if tally.unresolved:
        values = Table("field", "value", "times", "first in", title="Most frequent unresolved values", title_justify="left")
        for name, value, count, place in tally.most_unresolved(_FREQUENT):
            values.add_row(Text(name), Text(visible(value)), f"{count:,}", Text(place))
        console.print(values)
