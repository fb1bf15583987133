"""A counter says which work it was switched to and when it opened, a ticket the declared papers."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns; nobody switched or declared before."""
    op.execute("ALTER TABLE counter ADD COLUMN profile TEXT")
    op.execute("ALTER TABLE counter ADD COLUMN opened_at TEXT")
    op.execute("ALTER TABLE ticket ADD COLUMN papers TEXT")


def downgrade() -> None:
    """Drop the columns and what they say."""
    op.execute("ALTER TABLE ticket DROP COLUMN papers")
    op.execute("ALTER TABLE counter DROP COLUMN opened_at")
    op.execute("ALTER TABLE counter DROP COLUMN profile")
