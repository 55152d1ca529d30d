"""``drets vocabularies``: which closed lists of identifiers answers are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson

from bulk.terminal import show
from normalizers.vocabularies import load_vocabularies

if TYPE_CHECKING:
    from normalizers.vocabularies import Vocabulary


@click.group()
def vocabularies() -> None:
    """Show the vocabularies that answers are drawn from."""


@vocabularies.command("list")
@click.option("--json", "as_json_lines", is_flag=True, help="One JSON object a vocabulary and line, for programs.")
def list_vocabularies(*, as_json_lines: bool) -> None:
    """List every vocabulary with its version, size, licence and source."""
    found = load_vocabularies().values()
    if as_json_lines:
        for vocabulary in found:
            click.echo(orjson.dumps(_summary(vocabulary)).decode())
        return
    from rich.table import Table  # noqa: PLC0415 -- only people need it, and it takes long to import

    table = Table("name", "version", "concepts", "licence", "title", "source", box=None, header_style="bold")
    for vocabulary in found:
        summary = _summary(vocabulary)
        table.add_row(*(str(summary[name]) for name in ("name", "version", "concepts", "license", "title", "source")))
    show(table)


def _summary(vocabulary: Vocabulary) -> dict[str, str | int]:
    return {
        "name": vocabulary.name,
        "version": vocabulary.version,
        "concepts": len(vocabulary.concepts),
        "license": vocabulary.license,
        "title": vocabulary.title,
        "source": vocabulary.source,
    }
