"""Alembic's folder: one file per step of the store's tables, from the first one on."""
