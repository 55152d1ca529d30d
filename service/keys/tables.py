"""The table of keys, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Float, String, Table, select, update
from sqlalchemy import insert as plain_insert

from service.keys.secrets import Made, Scope
from service.store import METADATA, Store, announce, now

TOPIC = "keys"
KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(12), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("scopes", String(100), nullable=False),
    Column("created", Float, nullable=False),
    Column("expires", Float),
    Column("revoked", Float),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What is kept of a key."""

    id: str
    name: str
    hash: str
    scopes: frozenset[Scope]
    created: float
    expires: float | None
    revoked: float | None

    def is_valid(self, moment: float) -> bool:
        """Tell whether the key opens anything at a moment."""
        return self.revoked is None and (self.expires is None or moment < self.expires)


async def load_keys(store: Store) -> tuple[Key, ...]:
    """Read all keys, the oldest first; also those that no longer open anything."""
    async with store.read() as connection:
        rows = (await connection.execute(select(KEYS).order_by(KEYS.c.created, KEYS.c.id))).mappings().all()
    return tuple(Key(**{**row, "scopes": frozenset(Scope(scope) for scope in row["scopes"].split())}) for row in rows)


async def add_key(store: Store, made: Made, *, name: str, scopes: frozenset[Scope], seconds: float | None) -> None:
    """Keep a new key, which every process knows soon."""
    created = now()
    values = {
        "id": made.id,
        "name": name,
        "hash": made.hash,
        "scopes": " ".join(sorted(scopes)),
        "created": created,
        "expires": None if seconds is None else created + seconds,
    }
    async with store.write() as connection:
        await connection.execute(plain_insert(KEYS).values(values))
        await announce(connection, TOPIC)


async def revoke_key(store: Store, key_id: str) -> bool:
    """Take a key back; tells whether there was one that still opened something."""
    async with store.write() as connection:
        changed = await connection.execute(update(KEYS).where(KEYS.c.id == key_id, KEYS.c.revoked.is_(None)).values(revoked=now()))
        await announce(connection, TOPIC)
    return changed.rowcount > 0
