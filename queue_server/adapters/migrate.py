"""Brings the store's tables to the newest step; costs nothing when they are there already."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from queue_server.contracts.config_file import ConfigError

FOLDER = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """The last step; files are named `NNNN_what.py`, and NNNN is the revision."""
    return max(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py"))


def revision_of(path: Path) -> str | None:
    """The step a store is at; None where there are no tables yet."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if found.fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def upgrade(path: Path) -> None:
    """Make the file and its tables, or bring them up to date; new columns are filled from events.

    Raises:
        StoreTooNew: a newer program has written this store.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    revision = revision_of(path)
    if revision == newest_revision() and not _is_unfilled(path):
        return
    if revision is not None and revision > newest_revision():
        raise StoreTooNew(f"{path}: made by a newer version (step {revision}); update the program")
    if revision is None:
        _run(path, "upgrade", "head")
        return
    # Loads the domain: only who has something to migrate pays for it.
    from queue_server.adapters.migrations import filled  # noqa: PLC0415 - see above

    filled.note_columns(path)
    _run(path, "upgrade", "head")
    filled.fill_columns(path)


def _is_unfilled(path: Path) -> bool:
    """Whether a power cut came between the steps and the filling of what they added."""
    with closing(sqlite3.connect(path)) as connection:
        asked = "SELECT 1 FROM sqlite_master WHERE name = 'step_begun'"
        return connection.execute(asked).fetchone() is not None


def downgrade(path: Path, revision: str) -> None:
    """Take steps back, down to `revision` or `base`; what newer tables held is lost.

    Raises:
        UnknownStepError: no step has this name.
    """
    from alembic.util import CommandError  # noqa: PLC0415 - see below

    try:
        _run(path, "downgrade", revision)
    except CommandError as fault:
        newest = newest_revision()
        raise UnknownStepError(f"--to {revision}: {fault}; the newest is {newest}") from None


def _run(path: Path, command: str, revision: str) -> None:
    # Alembic takes a second to import: only who has something to migrate pays for it.
    from alembic import command as commands  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}".replace("%", "%%"))
    getattr(commands, command)(config, revision)


class UnknownStepError(ConfigError):
    """A step that the tables never took."""


class StoreTooNew(Exception):  # noqa: N818 - a state, not a mistake
    """The tables are of a step that this program does not know."""
