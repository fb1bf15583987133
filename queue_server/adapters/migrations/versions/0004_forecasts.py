"""What people were told when they took a number, and how good that was, day by day."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make both tables."""
    op.execute(
        """
        CREATE TABLE given_forecast (
            day TEXT NOT NULL,
            ticket TEXT NOT NULL,
            given_at TEXT NOT NULL,
            p50_min REAL NOT NULL,
            p90_min REAL NOT NULL,
            basis TEXT NOT NULL,
            PRIMARY KEY (day, ticket)
        ) WITHOUT ROWID
        """
    )
    op.execute(
        """
        CREATE TABLE forecast_score (
            day TEXT NOT NULL,
            basis TEXT NOT NULL,
            n INTEGER NOT NULL,
            error_min REAL NOT NULL,
            abs_error_min REAL NOT NULL,
            covered INTEGER NOT NULL,
            PRIMARY KEY (day, basis)
        ) WITHOUT ROWID
        """
    )


def downgrade() -> None:
    """Both are lost."""
    op.execute("DROP TABLE forecast_score")
    op.execute("DROP TABLE given_forecast")
