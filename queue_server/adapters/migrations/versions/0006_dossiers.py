"""Dossiers by id, what they hold of their citizens sealed beside them, and their events by id."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = (
    """
    CREATE TABLE dossier (
        id TEXT NOT NULL PRIMARY KEY,
        holder TEXT NOT NULL UNIQUE,
        procedure TEXT NOT NULL,
        catalogue TEXT NOT NULL,
        service TEXT NOT NULL,
        state TEXT NOT NULL,
        stage TEXT NOT NULL,
        channel TEXT NOT NULL,
        language TEXT NOT NULL,
        started_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        kiosk TEXT,
        assistant TEXT,
        code TEXT UNIQUE,
        filed_at TEXT,
        received_at TEXT,
        due_at TEXT,
        finished_at TEXT,
        place_help TEXT NOT NULL,
        place_receipt TEXT NOT NULL,
        competent TEXT NOT NULL,
        papers INTEGER NOT NULL,
        digitised INTEGER NOT NULL,
        reused INTEGER NOT NULL,
        fee_vnd INTEGER,
        supplements INTEGER NOT NULL,
        asked_at TEXT,
        open_days INTEGER,
        extended INTEGER NOT NULL,
        on_the_spot INTEGER NOT NULL,
        handled_by TEXT,
        reason TEXT,
        erased_at TEXT,
        version INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX dossier_filed ON dossier (filed_at)",
    "CREATE INDEX dossier_open ON dossier (finished_at)",
    # Sealed with a key that is a file outside the store.
    """
    CREATE TABLE dossier_part (
        dossier TEXT NOT NULL,
        part TEXT NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (dossier, part)
    )
    """,
    """
    CREATE INDEX event_of_dossier ON event (json_extract(body, '$.dossier'))
    WHERE kind >= 'Dossier' AND kind < 'Dossies'
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """Remove them; every dossier is lost."""
    op.execute("DROP INDEX event_of_dossier")
    op.execute("DROP TABLE dossier_part")
    op.execute("DROP TABLE dossier")
