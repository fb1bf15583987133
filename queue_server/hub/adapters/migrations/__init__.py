"""The steps of the hub's tables, run by Alembic."""
