"""Brings the tables of a database to the state that this version of drets needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x6472657473
"""Key of the advisory lock of PostgreSQL under which one instance migrates while the others wait: "drets" in ASCII."""


def revisions() -> list[str]:
    """List the revisions in their order; the name of each migration starts with its own."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of the connection.

    Raises:
        LookupError: The database was migrated by a newer version of drets.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    known, present = revisions(), _present(connection)
    if present == known[-1]:
        return
    if present is not None and present not in known:
        raise LookupError(f"it is of a newer version of drets (revision {present}; this one knows up to {known[-1]})")
    # Imported here: most starts find their tables up to date, and Alembic takes as long to load as the first answer.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
