"""The migrations of the store, which Alembic runs; ``service.store`` tells how to add one."""
