"""Output for people: coloured and as wide as the window on a terminal, plain and unbroken in a pipe."""

from __future__ import annotations

import re
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

_TRAILING = re.compile(r"(?<! ) +$", re.MULTILINE)

_UNBROKEN = 10_000
"""Columns of a line that nothing folds: in a pipe, each row of a table should stay one line."""

_PICTURES = MappingProxyType(
    {point: chr(0x2400 + point) for point in range(0x20) if chr(point) not in "\t\n"}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
)


def visible(text: str) -> str:
    r"""Show control characters as pictures of themselves, one for one: a record must not be able to steer a terminal.

    >>> visible("a\x1b[2Jb")
    'a␛[2Jb'
    """
    return text.translate(_PICTURES)


def show(*parts: RenderableType) -> None:
    """Print for people on standard output; ``NO_COLOR`` in the environment is honoured."""
    from rich.console import Console  # noqa: PLC0415 -- it takes as long to import as reading a thousand values, and few commands need it

    to_terminal = sys.stdout.isatty()
    # Not highlighted: colour is to mean something, and a number in a text is nothing special.
    console = Console(highlight=False, width=None if to_terminal else _UNBROKEN)
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    # rich fills up every row of a table with blanks.
    click.echo(capture.get() if to_terminal else _TRAILING.sub("", capture.get()), nl=False)
