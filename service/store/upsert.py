"""INSERT ... ON CONFLICT, which both databases speak alike and SQLAlchemy offers for each by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def insert(connection: AsyncConnection, table: Table) -> Any:
    """Start an INSERT that has ``on_conflict_do_update`` and ``on_conflict_do_nothing``, for the database of a connection."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
