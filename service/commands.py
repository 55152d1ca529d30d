"""The command line of the service, which ``drets`` finds through its entry points."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bulk.exits import Exit, Failure
from normalizers.layers.loader import is_tag
from service.settings import Settings, SettingsError, variable


@click.command(short_help="Run the HTTP service.")
@click.option("--host", metavar="ADDRESS", help="Address to listen on, instead of DRETS_HOST.")
@click.option("--port", metavar="PORT", help="Port to listen on, instead of DRETS_PORT; 0 takes any free one.")
@click.option("--workers", metavar="N", help="Processes that answer on the port, instead of DRETS_WORKERS.")
@click.pass_context
def serve(context: click.Context, host: str | None, port: str | None, workers: str | None) -> None:
    """Run the HTTP service in the foreground, until SIGTERM or Ctrl-C; to be told to stop is its ordinary end.

    Everything is set by DRETS_ variables of the environment; docs/settings.md lists them.
    """
    settings = read_settings(context, host=host, port=port, workers=workers)
    # Imported here, so that neither the other commands of drets nor a faulty setting wait for a web server to be loaded.
    with _counting_together(settings):
        from service import run  # noqa: PLC0415

        status = run.serve(settings)
    context.exit(status)


@contextmanager
def _counting_together(settings: Settings) -> Iterator[None]:
    """Have several processes count into files that any of them can add up; it must be said before the metrics are imported."""
    if settings.workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="drets-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@click.group(short_help="Look after the store of the service.")
def store() -> None:
    """Look after the store of the service: jobs, decisions, and what else it keeps."""


@store.command()
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the tables of the store up to date, as every start of the service does.

    For setups where the service itself may not change tables: run it once before a new version is started.
    """
    settings = read_settings(context)
    # Imported here for the same reason.
    from service.store import StoreError, open_store  # noqa: PLC0415

    async def run() -> str:
        opened = await open_store(settings.store, settings.state)
        await opened.close()
        return str(opened)

    try:
        click.echo(f"drets: {asyncio.run(run())} is up to date", err=True)
    except StoreError as refusal:
        raise Failure(str(refusal)) from refusal


def read_settings(context: click.Context, **options: str | None) -> Settings:
    """Read the settings, with options before the variables of the same name; all faults are said, and end the command."""
    given = {variable(name): value for name, value in options.items() if value is not None}
    try:
        return Settings.from_environment({**os.environ, **given})
    except SettingsError as refusal:
        for fault in refusal.faults:
            click.echo(f"drets: {fault}", err=True)
        context.exit(Exit.USAGE)


@click.group(short_help="Look after what people decided on terms.")
def terms() -> None:
    """Look after what people decided on terms that drets could not read."""


@terms.command()
@click.option("--locale", "tag", required=True, metavar="TAG", help="Locale that the texts are in, such as ca.")
@click.pass_context
def export(context: click.Context, tag: str) -> None:
    """Write the decisions of the store as a change of the file of a locale, which `git apply` and a pull request take.

    What no label can say stands above it as comments.
    """
    if not is_tag(tag):
        raise click.BadParameter(f"{tag!r} is no BCP 47 tag in its usual spelling", param_hint="--locale")
    settings = read_settings(context)
    from service.store import StoreError  # noqa: PLC0415 -- the same
    from service.terms.exporting import export_patch, locale_file  # noqa: PLC0415 -- the same

    if not locale_file(settings, tag).exists():
        raise click.BadParameter(f"there is no locale {tag}; `drets locales new {tag}` begins one", param_hint="--locale")
    try:
        click.echo(asyncio.run(export_patch(settings, tag)), nl=False)
    except StoreError as refusal:
        raise Failure(str(refusal)) from refusal
