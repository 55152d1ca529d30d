"""The tables of jobs, and of the files that each epoch of a job wrote."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from service.store.tables import METADATA

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, server_default="", comment="who gave it: the id of a key, or nothing"),
    Column("idempotency_key", String(255), comment="as the client gave it"),
    Column("fingerprint", String(64), nullable=False, comment="SHA-256 of what was asked for"),
    Column("state", String(12), nullable=False),
    Column("name", String(255), nullable=False, comment="of the file, for people; never a path"),
    Column("format", String(32), comment="none: recognized by content"),
    Column("object", Text, comment="name of the object to fetch; none where the file was uploaded"),
    Column("bytes", BigInteger, nullable=False),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Column("expires", Float),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("lease_owner", String(120)),
    Column("lease_until", Float),
    Column("turn", Float, nullable=False, server_default="0", comment="when it was last taken up"),
    Column("attempts", Integer, nullable=False, server_default="0", comment="how often a worker ended over the next records"),
    Column("items", BigInteger, nullable=False, server_default="0"),
    Column("rejected", BigInteger, nullable=False, server_default="0"),
    Column("position", BigInteger, nullable=False, server_default="0", comment="bytes of the input that were taken"),
    Column("rate", Float, comment="records a second, lately"),
    Column("seconds_left", Float),
    Column("fault", Text, comment="why it failed"),
    UniqueConstraint("owner", "idempotency_key", name="uq_jobs_owner_idempotency_key"),
    Index("ix_jobs_created", "created", "id"),
    Index("ix_jobs_state", "state", "turn"),
)

PARTS = Table(
    "job_parts",
    METADATA,
    Column("job", String(32), ForeignKey("jobs.id", name="fk_job_parts_job_jobs", ondelete="CASCADE"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("output", BigInteger, nullable=False, comment="bytes of its output that count"),
    Column("rejects", BigInteger, nullable=False, comment="bytes of its rejects that count"),
)
