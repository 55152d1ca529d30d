"""The tables of terms: how often each was met, in what, on which day; the decisions, and everything that was ever decided."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text

from service.store.tables import METADATA

_FIELD, _KEY = String(40), String(32)

TERMS = Table(
    "terms",
    METADATA,
    Column("field", _FIELD, primary_key=True),
    Column("key", _KEY, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False, comment="one spelling of it, as it came"),
    Column("count", BigInteger, nullable=False),
    Column("first_seen", Float, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("example", String(255), comment="the id of one record, where it said one"),
    Index("ix_terms_count", "count", "field", "key"),
)

SOURCES = Table(
    "term_sources",
    METADATA,
    Column("field", _FIELD, primary_key=True),
    Column("key", _KEY, primary_key=True),
    Column("source", String(64), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

DAYS = Table(
    "term_days",
    METADATA,
    Column("field", _FIELD, primary_key=True),
    Column("key", _KEY, primary_key=True),
    Column("day", Integer, primary_key=True, comment="days since 1970"),
    Column("count", BigInteger, nullable=False),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("field", _FIELD, primary_key=True),
    Column("key", _KEY, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("decision", String(12), nullable=False),
    Column("identifier", Text),
    Column("author", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("decided", Float, nullable=False),
)

AUDIT = Table(
    "decision_log",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("time", Float, nullable=False),
    Column("action", String(12), nullable=False),
    Column("field", _FIELD, nullable=False),
    Column("key", _KEY, nullable=False),
    Column("text", Text, nullable=False),
    Column("decision", String(12), comment="none: the decision was withdrawn"),
    Column("identifier", Text),
    Column("author", String(200), nullable=False),
    Column("note", Text, nullable=False),
)
