"""``drets explain``: how one text is read, for people."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from bulk.engine import open_engine
from bulk.exits import Exit
from bulk.explanation import render_explanation
from bulk.options import data_option, locales_option
from bulk.terminal import show
from normalizers import UnknownFieldError


@click.command()
@click.argument("field")
@click.argument("text", nargs=-1, required=True)
@click.option("--locale", help="Tag of the language that the text is written in; it only breaks ties.")
@click.option("--json", "as_json", is_flag=True, help="The whole explanation as one JSON object, for programs.")
@locales_option
@data_option
def explain(  # noqa: PLR0913 -- click passes each option by its name
    *, field: str, text: tuple[str, ...], locale: str | None, locales: Path | None, data: Path | None, as_json: bool
) -> Exit:
    """Show how TEXT is read as FIELD: the answer, and which part of the text says what."""
    try:
        explanation = open_engine(locales, data).explain(field, " ".join(text), locale=locale)
    except UnknownFieldError as fault:
        raise click.BadParameter(str(fault), param_hint="FIELD") from fault
    if as_json:
        click.echo(orjson.dumps(explanation, option=orjson.OPT_INDENT_2).decode())
    else:
        show(*render_explanation(explanation))
    return Exit.DONE
