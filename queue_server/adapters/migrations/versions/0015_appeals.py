"""Appeals are read from their events; a small index finds them among all others."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "CREATE INDEX event_appeal ON event (seq) WHERE kind IN ('AppealFiled', 'AppealAnswered')"
    )


def downgrade() -> None:
    """Drop the index."""
    op.execute("DROP INDEX event_appeal")
