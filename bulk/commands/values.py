"""``drets values``: texts in, results out, line by line."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bulk.engine import open_engine
from bulk.exits import Exit
from bulk.inputs import STDIN, DamagedInputError, open_input, size
from bulk.lines import read_lines
from bulk.options import data_option, locales_option, output_option, spare_inputs
from bulk.outputs import whole_output
from bulk.progress import show_progress
from bulk.value_lines import ValueAnswers, damage_answer


@click.command()
@click.argument("source", metavar="[INPUT]", default=STDIN, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@output_option
@locales_option
@data_option
def values(source: str, output: Path | None, locales: Path | None, data: Path | None) -> Exit:
    """Read the texts of INPUT (standard input when left out), one JSON object a line.

    A line is {"id": ..., "field": ..., "text": ...}, with "locale" where the language is known; INPUT may be compressed.
    Each line is answered by one line, in order; a faulty one by {"id", "line", "error"}, and the exit code is then 1.
    """
    spare_inputs((source,), () if output is None else (os.path.realpath(output),))
    answers = ValueAnswers(open_engine(locales, data))
    faulty = 0
    number = 0
    with (
        open_input(source) as opened,
        whole_output(output) as out,
        show_progress("values", size([source]), to_terminal=output is None) as progress,
    ):
        try:
            for lines in read_lines(opened.blocks()):
                number = lines[-1].number
                answered = answers.answer(lines)
                out.write(answered.block)
                faulty += answered.faulty
                progress.advance(answered.read, opened.position())
        except DamagedInputError as damage:
            out.write(damage_answer(str(damage), number + 1))
            faulty += 1
    if faulty:
        click.echo(f"drets: {faulty:,} faulty {'line: see its answer' if faulty == 1 else 'lines: see their answers'}", err=True)
    return Exit.FAULTY if faulty else Exit.DONE
