"""What people ask of offices from the city's page, until each office has answered."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; the index holds only what is still open."""
    op.execute(
        """
        CREATE TABLE wish (
            key text PRIMARY KEY,
            office text NOT NULL,
            province text NOT NULL,
            kind text NOT NULL,
            body jsonb NOT NULL,
            asked_at timestamptz NOT NULL,
            until timestamptz NOT NULL,
            again_at timestamptz NOT NULL,
            state text NOT NULL DEFAULT 'open',
            tries integer NOT NULL DEFAULT 0,
            perhaps boolean NOT NULL DEFAULT false,
            nobody boolean NOT NULL DEFAULT false,
            answer jsonb,
            words jsonb,
            answered_at timestamptz
        )
        """
    )
    op.execute("CREATE INDEX wish_open ON wish (again_at) WHERE state = 'open'")


def downgrade() -> None:
    """Forget all wishes, open ones too."""
    op.execute("DROP TABLE wish")
