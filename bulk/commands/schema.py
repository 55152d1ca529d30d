"""``drets schema``: the shape of what comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from bulk.options import output_option
from bulk.outputs import whole_output
from normalizers.records.answer_schema import build_json_schema
from normalizers.records.crosswalks import list_columns


@click.command()
@click.argument("name", type=click.Choice(["answer", "record"]), default="answer")
@click.option("--columns", is_flag=True, help="List the columns that a table can have, one a line, instead.")
@output_option
def schema(*, name: str, columns: bool, output: Path | None) -> None:
    """Print the JSON Schema of an answer, or of the clean record in it."""
    with whole_output(output) as out:
        out.write("".join(f"{column}\n" for column in list_columns()).encode() if columns else _dump(name))


def _dump(name: str) -> bytes:
    content: dict[str, Any] = build_json_schema()
    if name == "record":
        content = {
            "$schema": content["$schema"],
            "title": "drets clean record",
            "$ref": "#/$defs/CleanRecord",
            "$defs": content["$defs"],
        }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
