"""Months of offices as far as their days were folded, and which folded days changed late."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    # All three are views over events: empty, they fill again.
    "DROP TABLE month_open, month_carried",
    """
    CREATE TABLE office_month (
        month date NOT NULL,
        office text NOT NULL,
        through date NOT NULL,
        late bigint NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (month, office)
    )
    """,
    """
    CREATE TABLE day_late (
        office text NOT NULL,
        day date NOT NULL,
        times integer NOT NULL,
        PRIMARY KEY (office, day)
    )
    """,
    "ALTER TABLE sending ADD COLUMN folded date",
)
BEFORE = (
    "DROP TABLE office_month, day_late",
    "ALTER TABLE sending DROP COLUMN folded",
    """
    CREATE TABLE month_open (
        month date NOT NULL,
        office text NOT NULL,
        seq bigint NOT NULL,
        day date NOT NULL,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        about text NOT NULL,
        due_at timestamptz,
        in_time boolean,
        step text,
        PRIMARY KEY (month, office, seq)
    )
    """,
    """
    CREATE TABLE month_carried (
        month date NOT NULL,
        office text NOT NULL,
        newest bigint NOT NULL,
        redo bigint NOT NULL,
        settled boolean NOT NULL,
        PRIMARY KEY (month, office)
    )
    """,
)


def upgrade() -> None:
    """Make them; months are folded anew at the next question."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Go back to what a month left open; it fills again, too."""
    for statement in BEFORE:
        op.execute(statement)
