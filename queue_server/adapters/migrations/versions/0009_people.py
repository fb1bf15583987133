"""People who sign in by name and password; the password is a hash."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE person (
            name TEXT NOT NULL PRIMARY KEY,
            role TEXT NOT NULL,
            counter INTEGER,
            password TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


def downgrade() -> None:
    """Nobody signs in by name any more."""
    op.execute("DROP TABLE person")
