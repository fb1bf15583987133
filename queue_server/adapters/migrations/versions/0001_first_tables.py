"""The first tables: state of every day, kept answers, and the events that may only be added."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE working_day (
        day TEXT NOT NULL PRIMARY KEY,
        opened INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        office TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ticket (
        day TEXT NOT NULL,
        serial INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        service TEXT NOT NULL,
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        state TEXT NOT NULL,
        priority TEXT NOT NULL,
        channel TEXT NOT NULL,
        language TEXT NOT NULL,
        follow_code TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        line_since TEXT NOT NULL,
        moved_at TEXT NOT NULL,
        kiosk TEXT,
        procedures TEXT NOT NULL,
        appointment_at TEXT,
        counter INTEGER,
        to_counter INTEGER,
        called_first_at TEXT,
        called_last_at TEXT,
        recalls INTEGER NOT NULL,
        started_at TEXT,
        serving_since TEXT,
        served_s REAL NOT NULL,
        held_until TEXT,
        finished_at TEXT,
        outcome TEXT,
        accurate INTEGER NOT NULL,
        version INTEGER NOT NULL,
        "before" TEXT,
        PRIMARY KEY (day, serial),
        UNIQUE (day, label)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE counter (
        day TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL,
        ticket TEXT,
        turns INTEGER NOT NULL,
        turns_before INTEGER NOT NULL,
        since TEXT,
        version INTEGER NOT NULL,
        PRIMARY KEY (day, number)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE number_series (
        day TEXT NOT NULL,
        service TEXT NOT NULL,
        next_number INTEGER NOT NULL,
        "last" INTEGER NOT NULL,
        PRIMARY KEY (day, service)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE leased_block (
        day TEXT NOT NULL,
        kiosk TEXT NOT NULL,
        service TEXT NOT NULL,
        "first" INTEGER NOT NULL,
        "last" INTEGER NOT NULL,
        used TEXT NOT NULL,
        PRIMARY KEY (day, service, "first")
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE kept_answer (
        key TEXT NOT NULL PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        body TEXT NOT NULL,
        at REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        ticket TEXT,
        counter INTEGER,
        body TEXT NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL
    )
    """,
    "CREATE INDEX event_day ON event (day)",
    "CREATE INDEX event_ticket ON event (ticket) WHERE ticket IS NOT NULL",
    # The store writes here to see whether the disk takes anything at all.
    "CREATE TABLE probe (filler BLOB)",
    "INSERT INTO probe VALUES (zeroblob(65536))",
)

GUARDS = (
    """
    CREATE TRIGGER event_is_next BEFORE INSERT ON event
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)
    BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps'); END
    """,
    """
    CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END
    """,
    """
    CREATE TRIGGER event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END
    """,
)


def upgrade() -> None:
    """Make the tables and what guards the events."""
    for statement in (*TABLES, *GUARDS):
        op.execute(statement)


def downgrade() -> None:
    """Remove everything; only an empty file is left."""
    for table in (
        "probe",
        "event",
        "kept_answer",
        "leased_block",
        "number_series",
        "counter",
        "ticket",
        "working_day",
    ):
        op.execute(f"DROP TABLE {table}")
