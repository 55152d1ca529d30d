"""How a command ends: the exit codes, and the fault that stops it before its work is done."""

from __future__ import annotations

from enum import IntEnum
from typing import IO, Any

import click


class Exit(IntEnum):
    """Exit codes of every ``drets`` command; documented in ``docs/command-line.md``.

    The last two are what a shell reports for a program that a signal ended, so that scripts need not tell them apart.
    """

    DONE = 0
    FAULTY = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class Failure(click.ClickException):
    """The work could not be done, and the fault lies neither in the records nor in how the command was called."""

    exit_code = Exit.FAILED

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so on standard error, in the form of all our messages."""
        click.echo(f"drets: {self.format_message()}", file=file, err=file is None)
