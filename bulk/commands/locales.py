"""``drets locales``: check the files of the languages, see what they lack, start a new one."""

from __future__ import annotations

import os
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click
import langcodes
import orjson

from bulk.building import Builder
from bulk.cache_folder import cache_folder
from bulk.coverage import (
    LabelReading,
    Outcome,
    ReferenceLabel,
    SectionCoverage,
    TableError,
    load_reference,
    measure_coverage,
    read_labels,
    render_page,
    render_page_with_reference,
)
from bulk.engine import open_engine
from bulk.exits import Exit, Failure
from bulk.options import locales_option, output_option
from bulk.outputs import whole_output
from bulk.template import write_template
from bulk.terminal import show, visible
from bulk.words import open_locales
from normalizers import LocaleDataError, NormalizerError
from normalizers.localedata import load_sections
from normalizers.vocabularies import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from normalizers.localedata import Locale, SectionDefinition

_LONGEST_TAG = 35
"""Characters of the longest tag that RFC 5646 (section 4.4.1) asks every program to hold."""


@click.group()
def locales() -> None:
    """Check the files of the languages, see what they lack, and start a new one."""


@locales.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def check(folder: Path | None) -> Exit:
    """Check the locale files of FOLDER, or those that drets brings: their format, their clashes, and all their examples.

    Every fault is a line "file:line: key: detail" on standard output; the exit code is 1 if there is any.
    """
    try:
        # Those that drets brings were built before, most likely, and from the same files.
        registry = Builder(folder, None, None, cache=None if folder else cache_folder(os.environ)).registry()
        faults = tuple(registry.check_examples())
    except LocaleDataError as error:
        faults = error.faults
    except NormalizerError as error:
        raise Failure(str(error)) from error
    else:
        if not faults:
            click.echo(f"{len(registry.locales)} locales are sound: {', '.join(registry.locales)}", err=True)
    for fault in faults:
        click.echo(str(fault))
    return Exit.FAULTY if faults else Exit.DONE


@locales.command()
@click.argument("tag", required=False)
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a locale, section and line, for programs.")
@click.option(
    "--reference",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of reference tables: how much of the labels in them is read right. With a TAG, which ones are not.",
)
@output_option
@locales_option
def coverage(*, tag: str | None, as_json_lines: bool, reference: Path | None, output: Path | None, locales: Path | None) -> Exit:
    """Show how many keys of each section every locale has words for; with a TAG, which keys that one lacks.

    With --output or --reference it is a page in Markdown, one row a locale.
    """
    if as_json_lines and (output or reference):
        raise click.UsageError("--json has no place for what --output and --reference ask for")
    if tag and output and not reference:
        raise click.UsageError("the page is of all locales: leave out the TAG, or say with --reference what to read")
    labels = _read_reference(reference) if reference else None
    sections = load_sections(load_vocabularies())
    found = _load(locales)
    if tag is not None and tag not in found:
        raise click.BadParameter(f"no locale {tag}; there are {', '.join(found)}", param_hint="TAG")
    if not output and labels is None:
        _show(tuple(measure_coverage(found.values() if tag is None else (found[tag],), sections)), tag, as_json_lines=as_json_lines)
        return Exit.DONE
    if tag and reference:
        text = _render_misread(tag, read_labels(open_engine(locales), labels or ()))
    else:
        text = _render_page(found, sections, labels, {"--locales": locales, "--reference": reference, "-o": output})
    with whole_output(output) as out:
        out.write(text.encode())
    return Exit.DONE


@locales.command()
@click.argument("tag")
@output_option
def new(tag: str, output: Path | None) -> Exit:
    """Write a file to start the language TAG (BCP 47) from: every section and key, with what it means."""
    if len(tag) > _LONGEST_TAG or not langcodes.tag_is_valid(tag):
        raise click.BadParameter(f"{tag!r} is no BCP 47 tag", param_hint="TAG")
    standard = langcodes.standardize_tag(tag)
    if standard != tag:
        raise click.BadParameter(f"the usual tag is {standard}", param_hint="TAG")
    if output and output.exists():
        raise click.BadParameter(f"{output} is there already", param_hint="--output")
    template = write_template(tag, langcodes.Language.get(tag).display_name("en"), load_sections(load_vocabularies()))
    with whole_output(output) as out:
        out.write(template.encode())
    return Exit.DONE


def _load(folder: Path | None) -> Mapping[str, Locale]:
    try:
        return open_locales(folder)
    except LocaleDataError as error:
        raise Failure(f"the locale files are faulty; see drets locales check\n{error}") from error


def _read_reference(folder: Path) -> tuple[ReferenceLabel, ...]:
    try:
        return load_reference(folder)
    except TableError as error:
        raise click.BadParameter(str(error), param_hint="--reference") from error


def _render_page(
    found: Mapping[str, Locale],
    sections: Mapping[str, SectionDefinition],
    labels: tuple[ReferenceLabel, ...] | None,
    paths: Mapping[str, Path | None],
) -> str:
    """Write the page; it quotes the command that made it, with its ``paths`` as they are from here."""
    given = (f" {option} {Path(os.path.relpath(path)).as_posix()}" for option, path in paths.items() if path)
    command = "drets locales coverage" + "".join(given)
    if labels is None:
        return render_page(found.values(), sections, command=command)
    registry = open_engine(paths["--locales"])
    return render_page_with_reference(found.values(), sections, command=command, registry=registry, labels=labels)


def _render_misread(tag: str, readings: Iterable[LabelReading]) -> str:
    """Write a line for each label of one locale that is not read right, those answered wrong first."""
    misread = [reading for reading in readings if reading.locale == tag and reading.outcome is not Outcome.RIGHT]
    lines = []
    for reading in sorted(misread, key=lambda reading: reading.outcome is not Outcome.WRONG):
        cells = (reading.outcome, reading.label.kind, reading.label.text, reading.answer, reading.label.wanted)
        lines.append("\t".join(map(visible, cells)) + "\n")
    return "".join(lines)


def _show(measured: Sequence[SectionCoverage], tag: str | None, *, as_json_lines: bool) -> None:
    if as_json_lines:
        for row in measured:
            click.echo(orjson.dumps(row).decode())
    elif tag is None:
        _show_all(measured)
    else:
        _show_one(measured)


def _show_all(measured: Iterable[SectionCoverage]) -> None:
    """One row a locale: how many of the keys with a known number it has, and which sections it leaves out."""
    from rich.table import Table  # noqa: PLC0415 -- only people need it, and it takes long to import

    table = Table("locale", "keys", "of", "share", "labels", "sections without any", box=None, header_style="bold")
    for tag, group in groupby(measured, key=attrgetter("locale")):
        rows = tuple(group)
        present = sum(row.present for row in rows if row.expected is not None)
        expected = sum(row.expected or 0 for row in rows)
        empty = ", ".join(row.section for row in rows if not row.present)
        labels = sum(row.labels for row in rows)
        table.add_row(tag, str(present), str(expected), f"{present / expected:.0%}", str(labels), empty)
    show(table)


def _show_one(measured: Iterable[SectionCoverage]) -> None:
    """One row a section, with the keys that are missing."""
    from rich.table import Table  # noqa: PLC0415 -- the same

    table = Table("section", "keys", "labels", "missing", box=None, header_style="bold")
    for row in measured:
        table.add_row(row.section, str(row), str(row.labels), ", ".join(row.missing))
    show(table)
