"""Terms that stayed unresolved, decisions on them, and the log of decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _make_counts()
    _make_decisions()


def _make_counts() -> None:
    op.create_table(
        "terms",
        *_term(),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False, comment="one spelling of it, as it came"),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("first_seen", sa.Float, nullable=False),
        sa.Column("last_seen", sa.Float, nullable=False),
        sa.Column("example", sa.String(255), comment="the id of one record, where it said one"),
        sa.PrimaryKeyConstraint("field", "key", name="pk_terms"),
    )
    op.create_index("ix_terms_count", "terms", ["count", "field", "key"])
    op.create_table(
        "term_sources",
        *_term(),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("field", "key", "source", name="pk_term_sources"),
    )
    op.create_table(
        "term_days",
        *_term(),
        sa.Column("day", sa.Integer, nullable=False, comment="days since 1970"),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("field", "key", "day", name="pk_term_days"),
    )


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        *_term(),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decision", sa.String(12), nullable=False),
        sa.Column("identifier", sa.Text),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("field", "key", name="pk_decisions"),
    )
    op.create_table(
        "decision_log",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("time", sa.Float, nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        *_term(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decision", sa.String(12), comment="none: the decision was withdrawn"),
        sa.Column("identifier", sa.Text),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision_log"),
    )


def _term() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("field", sa.String(40), nullable=False), sa.Column("key", sa.String(32), nullable=False)
