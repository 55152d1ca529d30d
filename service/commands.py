"""The command line of the service, which ``drets`` finds through its entry points."""

from __future__ import annotations

import os

import click

from service.settings import Settings, SettingsError, variable

_USAGE = 2


@click.command(short_help="Run the HTTP service.")
@click.option("--host", metavar="ADDRESS", help="Address to listen on, instead of DRETS_HOST.")
@click.option("--port", metavar="PORT", help="Port to listen on, instead of DRETS_PORT; 0 takes any free one.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: str | None) -> None:
    """Run the HTTP service in the foreground, until SIGTERM or Ctrl-C.

    Everything is set by DRETS_ variables of the environment; docs/settings.md lists them.
    """
    given = {variable("host"): host, variable("port"): port}
    try:
        settings = Settings.from_environment({**os.environ, **{name: value for name, value in given.items() if value is not None}})
    except SettingsError as refusal:
        for fault in refusal.faults:
            click.echo(f"drets: {fault}", err=True)
        context.exit(_USAGE)
    # Imported here, so that neither the other commands of drets nor a faulty setting wait for a web server to be loaded.
    from service import run  # noqa: PLC0415

    context.exit(run.serve(settings))
