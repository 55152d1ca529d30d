"""``drets impact``: the report to read before new data are put to use."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from bulk.exits import Exit, Failure
from bulk.impact import Impact
from bulk.inputs import STDIN, DamagedInputError, open_input, size
from bulk.lines import read_lines
from bulk.options import output_option, spare_inputs
from bulk.outputs import whole_output
from bulk.progress import show_progress
from bulk.states import NoStateError, open_state
from bulk.terminal import show, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.table import Table

    from bulk.impact import Change

    _Command = Callable[..., Exit]

_LONGEST_SHOWN = 60
_FAULTS_SHOWN = 5


def _state_option(name: str, meaning: str) -> Callable[[_Command], _Command]:
    kind = click.Path(path_type=Path, exists=True, file_okay=False)
    contents = "of locale files or with layers"
    return click.option(f"--{name}", type=kind, help=f"Folder {contents}, {meaning}; what drets brings when left out.")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@_state_option("before", "as it is now")
@_state_option("after", "as it is to be")
@click.option("--json", "as_json", is_flag=True, help="The whole report as one JSON object, for programs.")
@output_option
def impact(*, source: str, before: Path | None, after: Path | None, as_json: bool, output: Path | None) -> Exit:
    """Show which answers to the values of FILE a change of data alters, by count.

    A state of the data is a folder of locale files, which stand in place of those that drets brings, a data folder, whose
    layers are added to them, or a folder that is both.
    FILE has the lines of drets values, {"id": ..., "field": ..., "text": ...}; "-" is standard input. The exit code is 0
    whether answers change or not, and 1 if a line is no request: it is left out of the report.
    """
    if before == after:
        raise click.UsageError("--before and --after must be two states of the data: name at least one folder")
    if output and not as_json:
        raise click.UsageError("--output takes the report for programs: add --json")
    spare_inputs((source,), () if output is None else (os.path.realpath(output),))
    try:
        found = Impact(open_state(before), open_state(after))
    except NoStateError as missing:
        raise click.UsageError(str(missing)) from missing
    _replay(found, source, to_terminal=False)
    if as_json:
        with whole_output(output) as out:
            out.write(orjson.dumps(_report(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        _show(found)
    for number, fault in found.faults[:_FAULTS_SHOWN]:
        click.echo(visible(f"drets: {source}:{number}: {fault.title}: {fault.detail}"), err=True)
    if len(found.faults) > _FAULTS_SHOWN:
        click.echo(f"drets: and {len(found.faults) - _FAULTS_SHOWN:,} more lines that are no request", err=True)
    return Exit.FAULTY if found.faults else Exit.DONE


def _replay(found: Impact, source: str, *, to_terminal: bool) -> None:
    total = size([source]) if source != STDIN else None
    with open_input(source) as opened, show_progress("values", total, to_terminal=to_terminal) as progress:
        try:
            for lines in read_lines(opened.blocks()):
                progress.advance(found.replay(lines), opened.position())
        except DamagedInputError as damage:
            raise Failure(f"{source}: {damage}; a report on a part of it would mislead") from damage


def _report(found: Impact) -> dict[str, Any]:
    changes = found.changes()
    return {
        "lines": found.lines,
        "values": found.values,
        "faulty_lines": len(found.faults),
        "changed_lines": sum(change.count for change in changes),
        "changed_values": len(changes),
        "before": dict(found.before.versions),
        "after": dict(found.after.versions),
        "changes": [change.as_json() for change in changes],
    }


def _show(found: Impact) -> None:
    changes = found.changes()
    lines = sum(change.count for change in changes)
    summary = f"{len(changes):,} of {found.values:,} values get another answer, on {lines:,} of {found.lines:,} lines"
    if not changes:
        show(summary)
        return
    show(summary, "", _by_status(changes), "", _by_value(changes))


def _by_status(changes: Sequence[Change]) -> Table:
    """One row a kind of change, so that answers which were lost stand out from those which were won."""
    from rich.table import Table  # noqa: PLC0415 -- only people need it, and it takes long to import

    values: Counter[tuple[str, str, str]] = Counter()
    lines: Counter[tuple[str, str, str]] = Counter()
    for change in changes:
        kind = change.field, change.before["status"], change.after["status"]
        values[kind] += 1
        lines[kind] += change.count
    table = Table("lines", "values", "field", "before", "after", box=None, header_style="bold")
    for kind, count in sorted(lines.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"{count:,}", f"{values[kind]:,}", *kind)
    return table


def _by_value(changes: Sequence[Change]) -> Table:
    from rich.table import Table  # noqa: PLC0415 -- the same
    from rich.text import Text  # noqa: PLC0415 -- the same

    table = Table("lines", "field", "text", "before", "after", box=None, header_style="bold")
    for change in changes:
        text = visible(" ".join(change.text.split()))
        shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
        place = f"{change.field} ({change.locale})" if change.locale else change.field
        before, after = _words(change.before, change.after), _words(change.after, change.before)
        table.add_row(f"{change.count:,}", Text(visible(place)), Text(shown), Text(before), Text(after))
    return table


def _words(answer: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Put an answer in words: status and identifiers, or candidates, and of the rest only what the other state says otherwise."""
    named = answer["identifiers"] or [f"{candidate}?" for candidate in answer["candidates"]]
    words = [answer["status"], *named, *(f"[{issue}]" for issue in answer["issues"] if issue not in other["issues"])]
    same = all(answer[name] == other[name] for name in ("status", "identifiers", "candidates", "issues"))
    rest = [name for name in ("license", "details") if answer.get(name) != other.get(name)]
    return " ".join([*words, *(f"(other {name})" for name in rest if same)])
