"""What happened to devices and the logo stands among the decisions, and is found as fast."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

WITH_DEVICES = (
    "'SettingsChanged', 'CatalogueChanged', 'DeviceChanged', 'LogoChanged', 'ReportStepTaken'"
)
WITHOUT = "'SettingsChanged', 'CatalogueChanged', 'ReportStepTaken'"


def upgrade() -> None:
    """The index takes in one more kind of event."""
    _index(WITH_DEVICES)


def downgrade() -> None:
    """As it was."""
    _index(WITHOUT)


def _index(kinds: str) -> None:
    op.execute("DROP INDEX event_record")
    op.execute(f"CREATE INDEX event_record ON event (seq) WHERE kind IN ({kinds})")
