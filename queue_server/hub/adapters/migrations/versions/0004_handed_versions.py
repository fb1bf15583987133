"""Catalogues and targets that the hub sets, and which office has which version."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make both; a version is never changed, an office has one row of each kind."""
    op.execute(
        """
        CREATE TABLE handed_version (
            kind text NOT NULL,
            version integer NOT NULL,
            at timestamptz NOT NULL,
            by_whom text NOT NULL,
            province text,
            offices text[],
            body jsonb NOT NULL,
            PRIMARY KEY (kind, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE handed_to (
            kind text NOT NULL,
            office text NOT NULL REFERENCES office,
            version integer NOT NULL,
            key text NOT NULL UNIQUE,
            again_at timestamptz NOT NULL,
            state text NOT NULL DEFAULT 'open',
            tries integer NOT NULL DEFAULT 0,
            nobody boolean NOT NULL DEFAULT false,
            has integer,
            since timestamptz,
            answer jsonb,
            words jsonb,
            PRIMARY KEY (kind, office)
        )
        """
    )
    op.execute("CREATE INDEX handed_to_due ON handed_to (again_at)")


def downgrade() -> None:
    """Forget them; the offices keep what they have."""
    op.execute("DROP TABLE handed_to, handed_version")
