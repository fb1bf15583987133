"""Run by Alembic for each command: one SQLite transaction around all steps, or none of them."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


def _leave_transactions_to_us(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # Otherwise the driver would commit tables one by one.
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def run() -> None:
    """Connect to the file named by the configuration and carry the command out."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(url, poolclass=pool.NullPool)
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    with engine.connect() as connection:
        context.configure(connection=connection, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
