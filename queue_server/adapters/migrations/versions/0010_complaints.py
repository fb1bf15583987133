"""Complaints are read from their events; a small index finds them among all others."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "CREATE INDEX event_complaint ON event (seq) "
        "WHERE kind >= 'Complaint' AND kind < 'Complainu'"
    )


def downgrade() -> None:
    """Drop the index."""
    op.execute("DROP INDEX event_complaint")
