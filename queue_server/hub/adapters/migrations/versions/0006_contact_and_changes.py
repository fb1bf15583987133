"""Which rows changed since a reader looked, and which offices answer when the hub asks for them."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

CHANGED = "ALTER TABLE {} ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id()"
CONTACT = """
CREATE TABLE contact (
    office text PRIMARY KEY REFERENCES office,
    again_at timestamptz NOT NULL DEFAULT '-infinity',
    heard_at timestamptz,
    missed_since timestamptz
)
"""


def upgrade() -> None:
    """The number of the commit that wrote a row last; a row for each office that is asked."""
    for table in ("sending", "office"):
        op.execute(CHANGED.format(table))
    op.execute(CONTACT)


def downgrade() -> None:
    """Forget both; they fill again."""
    op.execute("DROP TABLE contact")
    for table in ("sending", "office"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN changed")
