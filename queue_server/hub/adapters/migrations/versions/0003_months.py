"""Agency and area of offices; what a month leaves open; months on their way to the public."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "ALTER TABLE office ADD COLUMN agency text, ADD COLUMN area text",
    # Events of dossiers and complaints that had not ended: the next month begins with them.
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
    # How far each office was then; `settled`: everything of the month was here.
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
    # Decisions of people, which no event holds: this table belongs into a backup.
    """
    CREATE TABLE publication_step (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        step text NOT NULL,
        month date NOT NULL,
        digest text NOT NULL,
        by_whom text NOT NULL,
        note text NOT NULL,
        content text NOT NULL
    )
    """,
)


def upgrade() -> None:
    """Make them."""
    for table in TABLES:
        op.execute(table)


def downgrade() -> None:
    """Forget them; what was published is lost."""
    op.execute("DROP TABLE publication_step, month_carried, month_open")
    op.execute("ALTER TABLE office DROP COLUMN agency, DROP COLUMN area")
