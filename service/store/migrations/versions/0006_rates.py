"""What each client has taken of its limit, for all processes and instances together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rates",
        sa.Column("client", sa.String(100), nullable=False, comment="an address or the id of a key, and which"),
        sa.Column("due", sa.Float, nullable=False, comment="when its bucket will be full again"),
        sa.PrimaryKeyConstraint("client", name="pk_rates"),
    )
