"""Dossiers of one citizen are found by a keyed hash of the identity number, not by the number."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table; papers handed in before are not offered again."""
    op.execute(
        "CREATE TABLE dossier_person (dossier TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL) "
        "WITHOUT ROWID"
    )
    op.execute("CREATE INDEX dossier_of_person ON dossier_person (person)")


def downgrade() -> None:
    """Drop it; nothing is offered for re-use any more."""
    op.execute("DROP TABLE dossier_person")
