"""A ticket says by how much its citizen was late, and how the visit was rated."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; nobody was late or asked before."""
    op.execute("ALTER TABLE ticket ADD COLUMN delayed_s REAL NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE ticket ADD COLUMN score INTEGER")


def downgrade() -> None:
    """Drop the columns and what they say."""
    op.execute("ALTER TABLE ticket DROP COLUMN score")
    op.execute("ALTER TABLE ticket DROP COLUMN delayed_s")
