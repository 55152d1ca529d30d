"""The metadata that all tables are declared on, and the table of versions that tells of news."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import BigInteger, Column, MetaData, String, Table

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""With names for every index and constraint, so that a migration can speak of them in either database."""

DECLARING: tuple[str, ...] = (
    "service.history.table",
    "service.jobs.tables",
    "service.keys.tables",
    "service.rates.table",
    "service.terms.tables",
)
"""Modules that declare tables beside the code that uses them."""

NEWS = Table("news", METADATA, Column("topic", String(40), primary_key=True), Column("version", BigInteger, nullable=False))
"""How often each topic was announced."""


def all_tables() -> MetaData:
    """Give the metadata with every table declared on it, whoever declares it."""
    for module in DECLARING:
        import_module(module)
    return METADATA
