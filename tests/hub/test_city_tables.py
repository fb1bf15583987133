"""The steps of the hub's tables: each can be taken back, and again."""

from __future__ import annotations

import psycopg
import pytest

from queue_server.hub.adapters.city_tables import downgrade, upgrade

pytestmark = pytest.mark.hub
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1, 2
"""


def columns(dsn: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(COLUMNS).fetchall()


def test_every_step_is_taken_back_and_again(dsn: str) -> None:
    made = columns(dsn)
    assert len({name for name, *_ in made}) > 10
    downgrade(dsn)
    assert columns(dsn) == []
    upgrade(dsn)
    assert columns(dsn) == made
