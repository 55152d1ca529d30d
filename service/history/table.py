"""The table of figures: one row a process and minute."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table, Text

from service.store import METADATA

STEP = 60
"""Seconds that one row is about."""

HISTORY = Table(
    "history",
    METADATA,
    Column("start", BigInteger, primary_key=True),
    Column("process", String(32), primary_key=True),
    Column("figures", Text, nullable=False),
)
"""``start`` is the first second of the minute, since 1970; ``figures`` the counts as JSON."""
