"""Run by Alembic for each command on the hub's database, in one transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool, text

ONE_AT_A_TIME = 7_706_605
"""Two programs that start together must not make the same tables."""


def run() -> None:
    """Connect to the database named by the configuration and carry the command out."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, transactional_ddl=True)
        with context.begin_transaction():
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            context.run_migrations()
    engine.dispose()


run()
