"""Brings the hub's database to the newest step of its tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from queue_server.hub.use_cases.ports import CityStoreAway

FOLDER = Path(__file__).parent / "migrations"


def upgrade(dsn: str) -> None:
    """Make the tables, or bring them up to date; several programs may ask at once.

    Args:
        dsn: A PostgreSQL address, `postgresql://user:password@host:port/database`.

    Raises:
        CityStoreAway: the database does not answer.
    """
    try:
        command.upgrade(_config(dsn), "head")
    except OperationalError as error:
        raise CityStoreAway(str(error.orig).strip()) from None


def downgrade(dsn: str) -> None:
    """Take every step back: all that the database held is lost."""
    command.downgrade(_config(dsn), "base")


def _config(dsn: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    url = dsn.replace("postgresql://", "postgresql+psycopg://", 1)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
