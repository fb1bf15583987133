"""A dossier says what of its fee came and what has to go back."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

COLUMNS = {
    "paid_vnd": "INTEGER NOT NULL DEFAULT 0",
    "paid_at": "TEXT",
    "owed_vnd": "INTEGER NOT NULL DEFAULT 0",
    "refunded_vnd": "INTEGER NOT NULL DEFAULT 0",
    "transactions": "TEXT NOT NULL DEFAULT '[]'",
}


def upgrade() -> None:
    """Add the columns; nothing was paid before."""
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE dossier ADD COLUMN {name} {kind}")


def downgrade() -> None:
    """Drop the columns and what they say."""
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE dossier DROP COLUMN {name}")
