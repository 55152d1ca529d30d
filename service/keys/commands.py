"""``drets keys``: make, list and take back the keys of the service, in its store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click

from bulk.exits import Failure
from service.commands import read_settings
from service.keys.secrets import Scope, make_key, split_key
from service.keys.tables import Key, add_key, load_keys, revoke_key
from service.store import Store, StoreError, now, open_store

T = TypeVar("T")
_DAY = 86_400


@click.group(short_help="Make, list and take back keys of the service.")
def keys() -> None:
    """Make, list and take back keys of the service. They are kept in its store; a running service knows of a change within seconds."""


_SCOPES = click.Choice([scope.value for scope in Scope])


@keys.command()
@click.option("--name", required=True, metavar="TEXT", help="Whose key it is, for the list.")
@click.option("--scope", "scopes", multiple=True, type=_SCOPES, default=(Scope.NORMALIZE.value,), show_default=True, help="What for.")
@click.option("--days", type=click.IntRange(1, 36_500), help="After how many days it runs out; without, never.")
@click.pass_context
def create(context: click.Context, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a key, and print it: it is shown this once, and only its hash is kept.

    Standard error names the store: a service that was started in another folder, or with another DRETS_STATE, has one of its own.
    """
    made = make_key()
    seconds = None if days is None else days * _DAY
    wanted = frozenset(Scope(scope) for scope in scopes)

    async def add(store: Store) -> str:
        await add_key(store, made, name=name, scopes=wanted, seconds=seconds)
        return str(store)

    click.echo(f"drets: the key is kept in {_with_store(context, add)}", err=True)
    click.echo(made.key)


@keys.command("list")
@click.pass_context
def list_keys(context: click.Context) -> None:
    """List all keys: id, state, scopes, when it was made, when it runs out, name."""

    async def load(store: Store) -> tuple[tuple[Key, ...], str]:
        return tuple(await load_keys(store)), str(store)

    found, place = _with_store(context, load)
    if not found:
        click.echo(f"drets: there are no keys in {place}", err=True)
    for key in found:
        click.echo("\t".join((key.id, _state(key), ",".join(sorted(key.scopes)), _day(key.created), _day(key.expires), key.name)))


@keys.command()
@click.argument("key_id", metavar="ID")
@click.pass_context
def revoke(context: click.Context, key_id: str) -> None:
    """Take a key back, by its id: the part of it between the underscores. The whole key does as well."""
    whole = split_key(key_id)
    # Of a whole key only the id is ever said: what is on a screen or in a log should open nothing.
    key_id = whole[0] if whole else key_id
    if not _with_store(context, lambda store: revoke_key(store, key_id)):
        raise click.BadParameter(f"there is no key {key_id} that is still good", param_hint="ID")


def _with_store(context: click.Context, work: Callable[[Store], Awaitable[T]]) -> T:
    settings = read_settings(context)

    async def run() -> T:
        store = await open_store(settings.store, settings.state)
        try:
            return await work(store)
        finally:
            await store.close()

    try:
        return asyncio.run(run())
    except StoreError as refusal:
        raise Failure(str(refusal)) from refusal


def _state(key: Key) -> str:
    if key.revoked is not None:
        return "revoked"
    return "good" if key.is_valid(now()) else "expired"


def _day(moment: float | None) -> str:
    return "-" if moment is None else datetime.fromtimestamp(moment, UTC).date().isoformat()
