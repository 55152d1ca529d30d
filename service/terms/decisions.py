"""Decisions on terms: made, withdrawn, listed, and never lost from the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, cast, delete, func, literal, null, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from normalizers import Override, Registry, Status, read_identifier
from service.store import Store, announce, insert, now
from service.terms.counting import DAY, KEPT_DAYS
from service.terms.tables import AUDIT, DAYS, DECISIONS, SOURCES, TERMS

TOPIC = "terms"


class Kind(StrEnum):
    """What was decided: an identifier; that the text states no such thing; or that nobody need look at it again."""

    IDENTIFIER = "identifier"
    NONE = "none"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on one term; ``text`` is one spelling of it."""

    field: str
    key: str
    folded: str
    text: str
    decision: Kind
    identifier: str | None
    author: str
    note: str


def check_identifier(registry: Registry, field: str, identifier: str) -> str | None:
    """Hold an identifier to the vocabulary of a field; say what is wrong with it, or None.

    It is one if the field reads it as itself, and so cannot be told otherwise by anybody's spelling.
    """
    read = registry.with_overrides(()).normalize
    if read_identifier(field, identifier, read) is not None:
        return None
    result = read(field, identifier)
    meant = f"; {result.identifiers[0]} would be" if result.status is Status.MATCHED and len(result.identifiers) == 1 else ""
    return f"This is no identifier of the vocabulary{meant}."


async def decide(store: Store, decisions: Iterable[Decision]) -> None:
    """Make decisions, all or none; one on a term that was decided on replaces what was decided."""
    async with store.write() as connection:
        for decision in decisions:
            row = {name: getattr(decision, name) for name in decision.__slots__}
            statement = insert(connection, DECISIONS).values(**row, decided=now())
            changed = {name: statement.excluded[name] for name in ("text", "decision", "identifier", "author", "note", "decided")}
            await connection.execute(statement.on_conflict_do_update(index_elements=["field", "key"], set_=changed))
            row.pop("folded")
            await connection.execute(AUDIT.insert().values(**row, action="decide", time=now()))
        await announce(connection, TOPIC)


async def withdraw(store: Store, field: str, key: str, *, author: str, note: str) -> bool:
    """Withdraw a decision; tell whether there was one."""
    async with store.write() as connection:
        made = delete(DECISIONS).where(DECISIONS.c.field == field, DECISIONS.c.key == key).returning(DECISIONS.c.text)
        text = (await connection.execute(made)).scalar_one_or_none()
        if text is None:
            return False
        entry = {"field": field, "key": key, "text": text, "decision": None, "identifier": None, "author": author, "note": note}
        await connection.execute(AUDIT.insert().values(**entry, action="withdraw", time=now()))
        await announce(connection, TOPIC)
    return True


async def load_decisions(store: Store) -> list[Row[Any]]:
    """Give all decisions that stand."""
    async with store.read() as connection:
        return list(await connection.execute(select(DECISIONS).order_by(DECISIONS.c.field, DECISIONS.c.folded)))


async def load_overrides(store: Store) -> tuple[Override, ...]:
    """Give what the registry is to be overlaid with; what is to be ignored changes no answer."""
    rows = await load_decisions(store)
    return tuple(Override(row.field, row.folded, row.identifier) for row in rows if row.decision != Kind.IGNORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which terms to list: ``state`` is open, decided (also ignored), ignored or all; ``folded`` is a part of the folded text."""

    limit: int
    cursor: tuple[int, str, str] | None = None
    field: str | None = None
    state: str = "open"
    folded: str | None = None
    source: str | None = None


async def search(store: Store, asked: Search) -> list[dict[str, Any]]:
    """List terms by how often they were met; one more than the limit if there are more.

    Those that were decided on and never met come last. What is open was met, and so was what came from some source.
    """
    is_met = asked.state == "open" or asked.source is not None
    listed = (_terms() if is_met else union_all(_terms(), _never_met())).subquery().c
    statement = select(*listed).order_by(listed.count.desc(), listed.field.desc(), listed.key.desc()).limit(asked.limit + 1)
    if asked.cursor is not None:
        statement = statement.where(tuple_(listed.count, listed.field, listed.key) < tuple_(*asked.cursor))
    if asked.field is not None:
        statement = statement.where(listed.field == asked.field)
    if asked.folded:
        statement = statement.where(listed.folded.contains(asked.folded, autoescape=True))
    if asked.source is not None:
        met = select(SOURCES.c.key).where(SOURCES.c.field == listed.field, SOURCES.c.key == listed.key, SOURCES.c.source == asked.source)
        statement = statement.where(met.exists())
    state = {
        "open": listed.decision.is_(None),
        "decided": listed.decision.is_not(None),
        "ignored": listed.decision == Kind.IGNORE,
    }.get(asked.state)
    async with store.read() as connection:
        rows = list(await connection.execute(statement if state is None else statement.where(state)))
        return await _with_sources(connection, rows)


async def find(store: Store, field: str, key: str) -> dict[str, Any] | None:
    """Give one term, met or decided on."""
    async with store.read() as connection:
        met = list(await connection.execute(_terms().where(TERMS.c.field == field, TERMS.c.key == key)))
        rows = met or list(await connection.execute(_never_met().where(DECISIONS.c.field == field, DECISIONS.c.key == key)))
        return (await _with_sources(connection, rows))[0] if rows else None


async def recent_count(store: Store, field: str, key: str) -> int:
    """Count how often a term was met in the last ``KEPT_DAYS`` days."""
    async with store.read() as connection:
        since = int(now() // DAY) - KEPT_DAYS
        statement = select(func.sum(DAYS.c.count)).where(DAYS.c.field == field, DAYS.c.key == key, DAYS.c.day >= since)
        return int((await connection.execute(statement)).scalar() or 0)


async def audit(store: Store, *, limit: int, before: int | None, field: str | None, key: str | None) -> list[Row[Any]]:
    """List what was decided and withdrawn, the latest first."""
    statement = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit + 1)
    for column, value in ((AUDIT.c.field, field), (AUDIT.c.key, key)):
        statement = statement if value is None else statement.where(column == value)
    async with store.read() as connection:
        return list(await connection.execute(statement if before is None else statement.where(AUDIT.c.id < before)))


def plain(row: Row[Any]) -> dict[str, Any]:
    """Give a row as a dict whose names are plain strings; those of SQLAlchemy are of a class that JSON does not know."""
    return {str(name): value for name, value in row._asdict().items()}


_DECIDED = tuple(DECISIONS.c[name] for name in ("decision", "identifier", "author", "note", "decided"))


def _terms() -> Select[Any]:
    joined = TERMS.outerjoin(DECISIONS, and_(DECISIONS.c.field == TERMS.c.field, DECISIONS.c.key == TERMS.c.key))
    return select(TERMS, *_DECIDED).select_from(joined)


def _never_met() -> Select[Any]:
    """Give what was decided on before anybody met it, as an imported sheet may hold, with the columns of terms."""
    met = select(TERMS.c.key).where(TERMS.c.field == DECISIONS.c.field, TERMS.c.key == DECISIONS.c.key)
    unknown = [column for column in TERMS.c if column.name not in DECISIONS.c]
    missing = [cast(literal(0) if column.name == "count" else null(), column.type).label(column.name) for column in unknown]
    return select(*(DECISIONS.c[name] for name in ("field", "key", "folded", "text")), *missing, *_DECIDED).where(~met.exists())


async def _with_sources(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    sources: dict[tuple[str, str], dict[str, int]] = {(row.field, row.key): {} for row in rows}
    if sources:
        columns = (SOURCES.c.field, SOURCES.c.key, SOURCES.c.source, SOURCES.c.count.label("met"))
        ours = tuple_(SOURCES.c.field, SOURCES.c.key).in_(list(sources))
        asked = select(*columns).where(ours).order_by(SOURCES.c.source)
        for row in await connection.execute(asked):
            sources[row.field, row.key][row.source] = row.met
    return [{**plain(row), "sources": sources[row.field, row.key]} for row in rows]
