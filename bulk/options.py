"""Options that several commands share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulk.outputs import is_lasting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


@dataclass(frozen=True, slots=True)
class Target:
    """Where to write: a file, or files in a folder."""

    path: Path
    is_folder: bool


def as_target(_ctx: click.Context, _option: click.Parameter, value: str | None) -> Target | None:
    """Tell a file from a folder: that is what is one already, or what ends in a separator, which no name of a file does."""
    return None if value is None else Target(Path(value), value.endswith(_SEPARATORS) or Path(value).is_dir())


def as_file(ctx: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    """Take the name of a file to write.

    Raises:
        click.BadParameter: It is that of a folder.
    """
    target = as_target(ctx, option, value)
    if target and target.is_folder:
        raise click.BadParameter(f"{value} is a folder; name a file", ctx, option)
    return target.path if target else None


output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=as_file,
    help="File to write to (.gz and .zst are compressed); it has its name only once it is complete. Standard output when left out.",
)

locales_option = click.option(
    "--locales",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of locale files to use in place of those that drets brings.",
)

mapping_option = click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="DRETS_MAPPING",
    help="File that says which fields names of your own stand for (docs/mapping.md). DRETS_MAPPING in the environment when left out.",
)

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="DRETS_DATA",
    help="Folder whose layers are added to the vocabularies (drets vocabularies import). DRETS_DATA in the environment when left out.",
)


def spare_inputs(inputs: Iterable[str], written: Collection[str]) -> None:
    """Refuse to write over an input: what was in it, rejected records too, would be gone. ``written`` holds real paths.

    Raises:
        click.UsageError: An input is written as well.
    """
    for name in inputs:
        if is_lasting(Path(name)) and os.path.realpath(name) in written:
            raise click.UsageError(f"{name} is an input, and what is written would take its place; name another file")
