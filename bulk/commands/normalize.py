"""``drets normalize``: records in, clean records out."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bulk.chunks import Portion, Treatment
from bulk.exits import Exit
from bulk.folders import make_folders, split_order
from bulk.formats import FORMATS
from bulk.forms import NAMES, WHOLE_ONLY, FormOrder, check_form
from bulk.inputs import STDIN, expand, size
from bulk.options import Target, as_file, as_target, data_option, locales_option, mapping_option, spare_inputs
from bulk.order import Order
from bulk.outputs import is_lasting
from bulk.report import show_report, write_report
from bulk.run import run
from bulk.workers import available_cores

_WORTHWHILE = 4 << 20
"""Bytes of input below which more processes take longer to start than they save."""


@click.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...", type=click.Path(exists=True, allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=as_target,
    help="File to write to (.gz and .zst are compressed); it has its name only once it is complete. A folder, such as out/, for a file of "
    "each input; --rejects and --unsaid are folders then, too. Standard output when left out.",
)
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
    metavar="FILE",
    callback=as_target,
    help="File for the records that could not be read, one JSON object a line. Standard error names them when left out.",
)
@click.option("--to", "form_name", type=click.Choice(NAMES), default="ndjson", help="Form of the output; whole answers when left out.")
@click.option("--columns", help="Columns of a table (--to csv or parquet), with commas between them.")
@click.option(
    "--unsaid",
    metavar="FILE",
    callback=as_target,
    help="File for what the form of the output cannot say of each record, one JSON object a line.",
)
@click.option("--resume", is_flag=True, help="Go on where the interrupted run with the same inputs and output stopped.")
@click.option(
    "--report",
    metavar="FILE",
    callback=as_file,
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
    output: Target | None,
    format_name: str | None,
    encoding: str | None,
    workers: int | None,
    rejects: Target | None,
    form_name: str,
    columns: str | None,
    unsaid: Target | None,
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
    check_form(form := FormOrder(form_name, tuple(filter(None, (columns or "").split(","))), pretty))
    folders = are_folders(output, rejects, unsaid)
    paths = [target.path if target else None for target in (output, rejects, unsaid)]
    written = [os.path.realpath(path) for path in (*paths, report) if path]
    _check(inputs, written)
    sources = _find(inputs, written)
    processes = workers or _workers_for(sources)
    treatment = Treatment(locales, form, data, detect=detect, mapping=mapping)
    portion = _portion_for(processes, paths[0], folders=folders)
    order = Order(sources, format_name, paths[0], paths[1], treatment, portion, processes, resume, paths[2], encoding)
    outcome = run(_split(order, inputs, written) if folders else _checked((order,)), processes)
    show_report(outcome)
    if report:
        write_report(outcome, report)
    return Exit.FAULTY if outcome.rejected else Exit.DONE


def are_folders(output: Target | None, *others: Target | None) -> bool:
    """Tell whether there is to be a file for each input.

    Raises:
        click.UsageError: One of what is written is a folder, and another is not.
    """
    is_folder = output is not None and output.is_folder
    if any(other and other.is_folder is not is_folder for other in others):
        raise click.UsageError("with a folder as --output, --rejects and --unsaid are folders as well; with a file, they are files")
    return is_folder


def _split(order: Order, inputs: tuple[str, ...], written: list[str]) -> tuple[Order, ...]:
    """Make a run of each input, and the folders for what it writes."""
    orders = _checked(split_order(order, inputs or (STDIN,), frozenset(written)))
    paths = (path for each in orders for path in (each.output, each.rejects, each.unsaid))
    spare_inputs(order.sources, [os.path.realpath(path) for path in paths if path])
    for each in orders:
        make_folders(each)
    return orders


def _checked(orders: tuple[Order, ...]) -> tuple[Order, ...]:
    for order in orders:
        _check_order(order)
    return orders


def _find(inputs: tuple[str, ...], written: list[str]) -> tuple[str, ...]:
    """List the files to read, and say where there are none: a folder by a wrong name is not to be taken for one that was read."""
    sources = expand(inputs or (STDIN,), frozenset(written))
    if not sources:
        click.echo(f"drets: there is no file in {', '.join(inputs)}", err=True)
    return sources


def _portion_for(processes: int, output: Path | None, *, folders: bool) -> Portion:
    """Choose how much a process is given at once; whoever reads along should not wait for a chunk to be full."""
    return Portion() if processes > 1 or folders or is_lasting(output) else Portion(items=1)


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
