"""How a command ends: the exit codes, and the fault that stops it before its work is done."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import IO, Any

import click


class Exit(IntEnum):
    """Exit codes of every ``drets`` command, those of the service included; documented in ``docs/command-line.md``.

    The last two are what a shell reports for a program that a signal ended, so that scripts need not tell them apart.
    """

    DONE = 0
    FAULTY = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANINGS = MappingProxyType(
    {
        Exit.DONE: "done",
        Exit.FAULTY: "done, but something in the input is faulty",
        Exit.USAGE: "the call, a setting or the name of an input makes no sense; nothing was done",
        Exit.FAILED: "not done, through no fault of the call or the input",
        Exit.INTERRUPTED: "stopped by Ctrl-C",
        Exit.PIPE_CLOSED: "whoever read standard output left",
    }
)
"""What each code means, as ``drets --help`` and the guide say it."""


class Failure(click.ClickException):
    """The work could not be done, and the fault lies neither in the records nor in how the command was called."""

    exit_code = Exit.FAILED

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so on standard error, in the form of all our messages."""
        click.echo(f"drets: {self.format_message()}", file=file, err=file is None)
