"""Jobs, and the files that each epoch of a job wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _make_jobs()
    _make_parts()


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False, server_default="", comment="who gave it: the id of a key, or nothing"),
        sa.Column("idempotency_key", sa.String(255), comment="as the client gave it"),
        sa.Column("fingerprint", sa.String(64), nullable=False, comment="SHA-256 of what was asked for"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("name", sa.String(255), nullable=False, comment="of the file, for people; never a path"),
        sa.Column("format", sa.String(32), comment="none: recognized by content"),
        sa.Column("object", sa.Text, comment="name of the object to fetch; none where the file was uploaded"),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("started", sa.Float),
        sa.Column("finished", sa.Float),
        sa.Column("expires", sa.Float),
        sa.Column("epoch", sa.Integer, nullable=False, server_default="0"),
        sa.Column("lease_owner", sa.String(120)),
        sa.Column("lease_until", sa.Float),
        sa.Column("turn", sa.Float, nullable=False, server_default="0", comment="when it was last taken up"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0", comment="how often a worker ended over the next records"),
        sa.Column("items", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("rejected", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("position", sa.BigInteger, nullable=False, server_default="0", comment="bytes of the input that were taken"),
        sa.Column("rate", sa.Float, comment="records a second, lately"),
        sa.Column("seconds_left", sa.Float),
        sa.Column("fault", sa.Text, comment="why it failed"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("owner", "idempotency_key", name="uq_jobs_owner_idempotency_key"),
    )
    op.create_index("ix_jobs_created", "jobs", ["created", "id"])
    op.create_index("ix_jobs_state", "jobs", ["state", "turn"])


def _make_parts() -> None:
    op.create_table(
        "job_parts",
        sa.Column("job", sa.String(32), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("output", sa.BigInteger, nullable=False, comment="bytes of its output that count"),
        sa.Column("rejects", sa.BigInteger, nullable=False, comment="bytes of its rejects that count"),
        sa.PrimaryKeyConstraint("job", "epoch", name="pk_job_parts"),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_job_parts_job_jobs", ondelete="CASCADE"),
    )
