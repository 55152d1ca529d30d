"""``drets harvest``: the records of an OAI-PMH server in, clean records out."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bulk.chunks import Portion, Treatment
from bulk.exits import Exit
from bulk.forms import NAMES, WHOLE_ONLY, FormOrder, check_form
from bulk.harvest import HarvestOrder, Patience, Question, run_harvest
from bulk.options import as_file, data_option, locales_option, output_option
from bulk.order import Order
from bulk.report import show_report, write_report


@click.command()
@click.argument("url")
@output_option
@click.option("--prefix", default="oai_dc", show_default=True, help="Format that the server is asked for (its metadataPrefix).")
@click.option("--set", "set_name", help="Set that the records must belong to (its setSpec).")
@click.option("--from-date", help="Only records that changed on this day or later: 2024-01-31, or 2024-01-31T12:00:00Z.")
@click.option("--until", help="Only records that changed on this day or earlier.")
@click.option("--raw", is_flag=True, help="Write the answers of the server as they came; `drets normalize` reads them later.")
@click.option("--delay", type=click.FloatRange(0, 3600), default=1.0, show_default=True, help="Seconds between two requests.")
@click.option("--retries", type=click.IntRange(0, 100), default=8, show_default=True, help="How often a request that fails is made again.")
@click.option(
    "--rejects",
    metavar="FILE",
    callback=as_file,
    help="File for the records that could not be read, one JSON object a line. Standard error names them when left out.",
)
@click.option("--to", "form_name", type=click.Choice(NAMES), default="ndjson", help="Form of the output; whole answers when left out.")
@click.option("--resume", is_flag=True, help="Go on where the interrupted harvest with the same options and output stopped.")
@click.option("--report", metavar="FILE", callback=as_file, help="File for the report of what was found.")
@locales_option
@data_option
def harvest(  # noqa: PLR0913 -- click passes each option by its name
    *,
    url: str,
    output: Path | None,
    prefix: str,
    set_name: str | None,
    from_date: str | None,
    until: str | None,
    raw: bool,
    delay: float,
    retries: int,
    rejects: Path | None,
    form_name: str,
    resume: bool,
    report: Path | None,
    locales: Path | None,
    data: Path | None,
) -> Exit:
    """Fetch the records of an OAI-PMH server at URL, and normalize them on the way.

    The server is asked for one answer after the other, with a pause between them; where it is busy, it is asked again
    after as long as it wants. A record that was deleted is a record that says so. A harvest that was stopped goes on
    with --resume.
    """
    form = FormOrder(form_name, (), pretty=False)
    check_form(form)
    treatment = Treatment(locales, form, data)
    order = Order((), None, output, rejects, treatment, Portion(), 1, resume)
    _check(order, raw=raw, form_name=form_name, report=report)
    question = Question(url, prefix, set_name, from_date, until)
    outcome = run_harvest(HarvestOrder(question, Patience(delay, retries), order, raw))
    if not raw:
        show_report(outcome)
    if report:
        write_report(outcome, report)
    return Exit.FAULTY if outcome.rejected else Exit.DONE


def _check(order: Order, *, raw: bool, form_name: str, report: Path | None) -> None:
    """Refuse what cannot go together.

    Raises:
        click.UsageError: Two options contradict each other.
    """
    written = [os.path.realpath(path) for path in (order.output, order.rejects, report) if path]
    if len(set(written)) < len(written):
        raise click.UsageError("--output, --rejects and --report must be different files")
    if raw and (form_name != "ndjson" or order.rejects or report):
        raise click.UsageError("--raw writes what the server sent: it has no --to, --rejects or --report")
    if form_name in WHOLE_ONLY:
        raise click.UsageError(f"--to {form_name} is not written while records come in; harvest first, then `drets normalize`")
    if order.resume and not order.can_resume:
        raise click.UsageError("--resume needs an --output that is a file")
