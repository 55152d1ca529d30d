"""What Alembic runs to migrate: on the connection it is given, within its transaction."""

from __future__ import annotations

from alembic import context

from service.store.tables import all_tables

context.configure(connection=context.config.attributes["connection"], target_metadata=all_tables(), render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
