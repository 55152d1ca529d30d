"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
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
