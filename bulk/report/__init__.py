"""What a run found: for a person at a terminal, as a page with charts, and as a file for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from bulk.outputs import whole_output
from bulk.report.content import Outcome, build_content
from bulk.report.terminal import show_report

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Outcome", "build_content", "show_report", "write_report"]

_PAGES = (".html", ".htm")


def write_report(outcome: Outcome, path: Path) -> None:
    """Write a report: a page in one file where the name asks for one, else JSON."""
    content = build_content(outcome)
    with whole_output(path) as out:
        if path.suffix.lower() in _PAGES:
            from bulk.report.page import render_page  # noqa: PLC0415 -- the library of the charts takes a quarter of a second to import

            out.write(render_page(content).encode())
        else:
            out.write(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
