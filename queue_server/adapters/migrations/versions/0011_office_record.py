"""Decisions about the office are found without reading every ticket's events."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """An index over the few events that are decisions."""
    op.execute(
        "CREATE INDEX event_record ON event (seq) WHERE kind IN "
        "('SettingsChanged', 'CatalogueChanged', 'ReportStepTaken')"
    )


def downgrade() -> None:
    """Only slower."""
    op.execute("DROP INDEX event_record")
