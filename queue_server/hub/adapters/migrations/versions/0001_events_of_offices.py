"""Offices, their events by day and province, what is missed, and what was set aside."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE office (
        id text PRIMARY KEY,
        province text NOT NULL,
        name_vi text NOT NULL,
        name_en text NOT NULL,
        latitude double precision,
        longitude double precision,
        url text
    )
    """,
    """
    CREATE TABLE sending (
        office text PRIMARY KEY,
        province text NOT NULL,
        newest bigint NOT NULL DEFAULT 0,
        mark text NOT NULL DEFAULT '',
        gaps bigint[] NOT NULL DEFAULT '{}',
        machine text NOT NULL DEFAULT '',
        heard_at timestamptz,
        clock_off_s double precision NOT NULL DEFAULT 0,
        set_aside bigint NOT NULL DEFAULT 0,
        redo bigint NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX sending_missing ON sending (office) WHERE gaps <> '{}'",
    """
    CREATE TABLE event (
        province text NOT NULL,
        day date NOT NULL,
        office text NOT NULL,
        seq bigint NOT NULL,
        at timestamptz NOT NULL,
        stored_at timestamptz NOT NULL,
        kind text NOT NULL,
        ticket text,
        counter integer,
        body jsonb NOT NULL,
        mark text NOT NULL,
        prev text NOT NULL,
        PRIMARY KEY (office, seq, day, province)
    ) PARTITION BY RANGE (day)
    """,
    # Days that no clock could mean: kept, and out of the way of every view.
    "CREATE TABLE event_other PARTITION OF event DEFAULT",
    """
    CREATE TABLE event_set_aside (
        office text NOT NULL,
        seq bigint NOT NULL,
        mark text NOT NULL,
        prev text NOT NULL,
        machine text NOT NULL,
        stored_at timestamptz NOT NULL,
        message jsonb NOT NULL,
        PRIMARY KEY (office, seq, mark)
    )
    """,
    """
    CREATE TABLE fork (
        office text NOT NULL,
        found_at timestamptz NOT NULL,
        kind text NOT NULL,
        seq bigint NOT NULL,
        newest bigint NOT NULL,
        machine text NOT NULL,
        words_vi text NOT NULL,
        words_en text NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (office, found_at)
    )
    """,
)


def upgrade() -> None:
    """Make the tables; partitions are made as days and provinces come."""
    for table in TABLES:
        op.execute(table)


def downgrade() -> None:
    """Forget everything; the stream and the offices still have it."""
    op.execute("DROP TABLE fork, event_set_aside, event, sending, office")
