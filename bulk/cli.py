"""The ``drets`` command: finds the subcommand, and turns whatever stops it into a message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bulk.exits import MEANINGS, Exit, Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILT_IN = MappingProxyType(
    {
        "explain": ("bulk.commands.explain:explain", "Show how TEXT is read as FIELD: the answer, and which part of the text says what."),
        "harvest": ("bulk.commands.harvest:harvest", "Fetch the records of an OAI-PMH server at URL, and normalize them on the way."),
        "impact": ("bulk.commands.impact:impact", "Show which answers to the values of FILE a change of data alters, by count."),
        "locales": ("bulk.commands.locales:locales", "Check the files of the languages, see what they lack, and start a new one."),
        "normalize": ("bulk.commands.normalize:normalize", "Normalize the records of every INPUT: files, folders, or standard input."),
        "schema": ("bulk.commands.schema:schema", "Print the JSON Schema of an answer, or of the clean record in it."),
        "spark": ("bulk.commands.spark:spark", "Normalize the records of INPUT on a cluster, and write OUTPUT."),
        "values": ("bulk.commands.values:values", "Read the texts of INPUT (standard input when left out), one JSON object a line."),
        "vocabularies": (
            "bulk.commands.vocabularies:vocabularies",
            "List the vocabularies that answers are drawn from, and import labels for them.",
        ),
    }
)
"""Where each of our commands is, and what the list of commands says of it: that list need not import the engine."""

PLUGINS = "drets.commands"
"""Entry-point group through which a package above this one adds commands; ``serve`` comes in this way."""


class Commands(click.Group):
    """Subcommands that are imported only when they are called, so that each starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every command, ours and those that other packages add."""
        return sorted({*super().list_commands(ctx), *BUILT_IN, *(found.name for found in entry_points(group=PLUGINS))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command. One that another package adds and that does not load says so, and harms no other."""
        if cmd_name in BUILT_IN:
            return _load(BUILT_IN[cmd_name][0])
        for found in entry_points(group=PLUGINS, name=cmd_name):
            try:
                command: click.Command = found.load()
            except Exception as fault:  # noqa: BLE001 -- another package's import may fail in any way, and the rest must stay usable
                return _broken(cmd_name, f"{found.value} does not load: {fault!r}")
            return command
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands; only those of other packages are imported for it."""
        rows = []
        for name in self.list_commands(ctx):
            command = None if name in BUILT_IN else self.get_command(ctx, name)
            rows.append((name, command.get_short_help_str() if command else BUILT_IN[name][1]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the exit codes, which are the same for all commands."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code.value), meaning) for code, meaning in MEANINGS.items()])
        super().format_epilog(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand, and keep apart a reader who left: click would end with code 1, which here means faulty input."""
        try:
            outcome = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError as gone:
            raise _ReaderLeft from gone
        return outcome

    def main(  # type: ignore[override]  # click's overloads tell apart a mode that this command does not have
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run the command line and exit with a code of :class:`Exit`."""
        code: object = Exit.DONE
        try:
            # Not in its standalone mode, click answers with what the command returned, or with the code of ``ctx.exit()``.
            code = super().main(args, prog_name, **{**extra, "standalone_mode": False})
        except click.ClickException as fault:
            fault.show()
            code = fault.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("drets: stopped", err=True)
            code = Exit.INTERRUPTED
        except _ReaderLeft:
            _silence_stdout()
            code = Exit.PIPE_CLOSED
        except OSError as fault:
            click.echo(f"drets: {f'{fault.filename}: ' if fault.filename else ''}{fault.strerror or fault}", err=True)
            code = Exit.FAILED
        except Exception:  # noqa: BLE001 -- a fault of ours; Python would end with code 1, which here means that the work was done
            traceback.print_exc()
            code = Exit.FAILED
        sys.exit(code if isinstance(code, int) else Exit.DONE)


class _ReaderLeft(Exception):  # noqa: N818 -- not an error: whoever read our output had enough
    """Whoever read standard output closed it."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="drets", prog_name="drets")
def main() -> None:
    """Read the rights, languages, types and dates of repository records, in any mix of languages, as canonical identifiers."""


def _load(path: str) -> click.Command:
    module, _, name = path.partition(":")
    command: click.Command = getattr(import_module(module), name)
    return command


def _broken(name: str, detail: str) -> click.Command:
    def refuse() -> NoReturn:
        raise Failure(detail)

    return click.Command(name, callback=refuse, short_help="(does not load)", add_help_option=False)


def _silence_stdout() -> None:
    """Point standard output nowhere, so that what is still buffered for a reader who left fails no second time at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


if __name__ == "__main__":
    main()
