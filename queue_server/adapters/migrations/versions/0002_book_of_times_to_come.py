"""Appointments and home visits by day, and beside them what leads to a person, to be forgotten."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
    CREATE TABLE appointment (
        day TEXT NOT NULL,
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        service TEXT NOT NULL,
        slot_at TEXT NOT NULL,
        state TEXT NOT NULL,
        channel TEXT NOT NULL,
        language TEXT NOT NULL,
        booked_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        procedure TEXT,
        ticket TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (day, id),
        UNIQUE (day, code)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE home_visit (
        day TEXT NOT NULL,
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        service TEXT NOT NULL,
        "on" TEXT NOT NULL,
        part TEXT NOT NULL,
        priority TEXT NOT NULL,
        state TEXT NOT NULL,
        language TEXT NOT NULL,
        requested_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        procedure TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (day, id),
        UNIQUE (day, code)
    ) WITHOUT ROWID
    """,
    # Keyed hashes; the key is a file outside the store.
    "CREATE TABLE appointment_card (appointment TEXT NOT NULL PRIMARY KEY, card TEXT NOT NULL)",
    # Sealed with a key that is a file outside the store.
    """
    CREATE TABLE home_visit_contact (
        visit TEXT NOT NULL PRIMARY KEY,
        "on" TEXT NOT NULL,
        sealed BLOB NOT NULL
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Remove them; what was promised ahead is lost."""
    for table in ("home_visit_contact", "appointment_card", "home_visit", "appointment"):
        op.execute(f"DROP TABLE {table}")
