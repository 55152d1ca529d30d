"""``drets normalize``: records in, clean records out."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bulk.chunks import Portion, Treatment
from bulk.exits import Exit
from bulk.formats import FORMATS
from bulk.forms import NAMES, WHOLE_ONLY, FormOrder, check_form
from bulk.inputs import STDIN, expand, size
from bulk.options import data_option, locales_option, mapping_option, output_option, spare_inputs
from bulk.order import Order
from bulk.outputs import is_lasting
from bulk.report import show_report, write_report
from bulk.run import run
from bulk.workers import available_cores

_WORTHWHILE = 4 << 20
"""Bytes of input below which more processes take longer to start than they save."""


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...", type=click.Path(exists=True, allow_dash=True))
@output_option
@click.option(
    "--from", "format_name", type=click.Choice(sorted(FORMATS)), help="Format of all inputs; recognized by content when left out."
)
@click.option(
    "--encoding",
    callback=lambda _ctx, _option, name: check_encoding(name),
    help="Encoding of all inputs that are text, such as latin-1, cp932 or gb18030; UTF-8, or UTF-16 with its mark, when left out.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes to use; all cores for a large input, one for a small, when left out."
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the records that could not be read, one JSON object a line. Standard error names them when left out.",
)
@click.option("--to", "form_name", type=click.Choice(NAMES), default="ndjson", help="Form of the output; whole answers when left out.")
@click.option("--columns", help="Columns of a table (--to csv or parquet), with commas between them.")
@click.option(
    "--unsaid",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for what the form of the output cannot say of each record, one JSON object a line.",
)
@click.option("--resume", is_flag=True, help="Go on where the interrupted run with the same inputs and output stopped.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the report of what was found: a page where its name ends in .html, else JSON.",
)
@click.option("--detect", is_flag=True, help="Detect the languages of titles and abstracts, and say where they are not those stated.")
@click.option("--pretty", is_flag=True, help="Indent the answers, for a person.")
@mapping_option
@locales_option
@data_option
def normalize(  # noqa: PLR0913 -- click passes each option by its name
    *,
    inputs: tuple[str, ...],
    output: Path | None,
    format_name: str | None,
    encoding: str | None,
    workers: int | None,
    rejects: Path | None,
    form_name: str,
    columns: str | None,
    unsaid: Path | None,
    resume: bool,
    report: Path | None,
    detect: bool,
    pretty: bool,
    mapping: Path | None,
    locales: Path | None,
    data: Path | None,
) -> Exit:
    """Normalize the records of every INPUT: files, folders, or standard input.

    Standard input is meant by "-", or by none at all. An input may be compressed; its format is recognized. The clean
    records are written in the order of the inputs, one a line. A record that cannot be read is set aside, with its place
    and the reason, the rest goes on, and the exit code is then 1.
    """
    form = FormOrder(form_name, tuple(filter(None, (columns or "").split(","))), pretty)
    check_form(form)
    written = [os.path.realpath(path) for path in (output, rejects, unsaid, report) if path]
    _check(inputs, written)
    sources = _find(inputs, written)
    processes = workers or _workers_for(sources)
    portion = _portion_for(processes, output)
    treatment = Treatment(locales, form, data, detect=detect, mapping=mapping)
    order = Order(sources, format_name, output, rejects, treatment, portion, processes, resume, unsaid, encoding)
    _check_order(order)
    outcome = run(order)
    show_report(outcome)
    if report:
        write_report(outcome, report)
    return Exit.FAULTY if outcome.rejected else Exit.DONE


def _find(inputs: tuple[str, ...], written: list[str]) -> tuple[str, ...]:
    """List the files to read, and say where there are none: a folder by a wrong name is not to be taken for one that was read."""
    sources = expand(inputs or (STDIN,), frozenset(written))
    if not sources:
        click.echo(f"drets: there is no file in {', '.join(inputs)}", err=True)
    return sources


def _portion_for(processes: int, output: Path | None) -> Portion:
    """Choose how much a process is given at once; whoever reads along should not wait for a chunk to be full."""
    return Portion() if processes > 1 or is_lasting(output) else Portion(items=1)


def _check(inputs: tuple[str, ...], written: list[str]) -> None:
    """Refuse what cannot go together.

    Raises:
        click.UsageError: A file that is written is another one too, or an input, or standard input is to be read twice.
    """
    spare_inputs(inputs, written)
    if len(set(written)) < len(written):
        raise click.UsageError("--output, --rejects, --unsaid and --report must be different files")
    if inputs.count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once")


def _check_order(order: Order) -> None:
    """Refuse what cannot be done with this form, or not be gone on with.

    Raises:
        click.UsageError: Two options contradict each other.
    """
    to = order.treatment.form.to
    if to in WHOLE_ONLY and not is_lasting(order.output):
        raise click.UsageError(f"--to {to} needs an --output that is a file")
    if order.unsaid and to in ("ndjson", "record"):
        raise click.UsageError(f"--unsaid: {to} says everything")
    if not order.resume:
        return
    if to in WHOLE_ONLY:
        raise click.UsageError(f"--resume cannot go on with {to}: its index is written last, so half a file is none; start anew")
    if not order.can_resume:
        raise click.UsageError("--resume needs an --output that is a file")
    if STDIN in order.sources:
        raise click.UsageError("--resume cannot go on with standard input: what was read from it is gone")


def check_encoding(name: str | None) -> str | None:
    """Refuse an encoding that Python does not know, or that does not encode text.

    Raises:
        click.BadParameter: There is no such encoding.
    """
    try:
        if name is not None:
            "".encode(name)
    except LookupError:
        raise click.BadParameter(f"no encoding of text is called {name!r}") from None
    return name


def _workers_for(sources: tuple[str, ...]) -> int:
    return available_cores() if (size(sources) or 0) >= _WORTHWHILE else 1
