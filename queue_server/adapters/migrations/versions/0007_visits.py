"""Tickets of one visit, how many dossiers each brings, and whose they are until the day is over."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add them; every ticket so far was a visit of its own with one dossier."""
    op.execute("ALTER TABLE ticket ADD COLUMN dossiers INTEGER NOT NULL DEFAULT 1")
    op.execute("ALTER TABLE ticket ADD COLUMN visit TEXT")
    # Keyed hashes; the key is a file outside the store.
    op.execute(
        "CREATE TABLE ticket_card "
        "(ticket TEXT NOT NULL PRIMARY KEY, day TEXT NOT NULL, card TEXT NOT NULL)"
    )


def downgrade() -> None:
    """Drop them and what they say."""
    op.execute("DROP TABLE ticket_card")
    op.execute("ALTER TABLE ticket DROP COLUMN visit")
    op.execute("ALTER TABLE ticket DROP COLUMN dossiers")
