"""A counter knows what the manager asked it for, and whether its clerk said no."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = ("asked_for", "asked_at", "declined_at")


def upgrade() -> None:
    """Add the columns; nobody was asked before."""
    for column in COLUMNS:
        op.execute(f"ALTER TABLE counter ADD COLUMN {column} TEXT")


def downgrade() -> None:
    """Drop the columns and what they say."""
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE counter DROP COLUMN {column}")
