"""The configuration that an office works by, its file, and the one lock of whoever changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from queue_server.adapters.office_toml import NewText, beside_of, digest_of
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import read_config
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import RecordEvent, SettingsChanged
from queue_server.use_cases.keep_day import Request, Writer
from queue_server.use_cases.ports import StoreUnavailable

SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""A record's time is that of its commit; until then it has none."""
MOST_NAMED = 40
NOT_WRITTEN = "taken back: the file could not be put in its place"


@dataclass(slots=True)
class OfficeConfig:
    """`path` is the file, `running` what the office works by.

    Who changes either holds `lock` from the reading of the digest to the last rename: settings
    and calling rules are parts of one file and write the same text beside it.
    """

    path: Path
    running: OfficeFile
    lock: AbstractContextManager[object] = field(default_factory=Lock)

    def digest(self) -> str:
        """SHA-256 of the file as it is."""
        return digest_of(self.path)

    def file(self) -> OfficeFile:
        """What the file says now; it may be more than the office runs by.

        Raises:
            ConfigError: somebody spoilt it by hand.
        """
        return read_config(self.path, OfficeFile)

    def record(self, by: str, changes: Sequence[object], before: str) -> SettingsChanged:
        """What the chain will say of the text that lies beside the file."""
        named = tuple(str(one) for one in changes[:MOST_NAMED])
        after = digest_of(beside_of(self.path))
        return SettingsChanged(at=SOME_TIME, by=by, changes=named, before=before, after=after)


def commit_record(writer: Writer, record: RecordEvent) -> None:
    """Write a decision into the chain.

    Raises:
        StoreUnavailable: it was not written.
    """
    answer = writer.submit(Request(KeepRecord(record=record), lambda _d, _o, _at: {})).result()
    if answer.fault is not None:
        raise answer.fault


def put_recorded(
    path: Path,
    written: NewText,
    record: SettingsChanged,
    writer: Writer,
    taken_back: Callable[[], None],
) -> None:
    """Let the text count whose record is committed, or take the record back in the chain.

    Raises:
        StoreUnavailable: the old text stays.
    """
    try:
        written.put()
    except OSError as error:
        if digest_of(path) == record.after:
            return  # in its place; only the folder was not synced, as after any rename
        undone = replace(record, changes=(NOT_WRITTEN,), before=record.after, after=record.before)
        # Where not even this can be kept, the file beside stays for the next start.
        commit_record(writer, undone)
        written.drop()
        taken_back()
        raise StoreUnavailable(f"{path}: {error.strerror}") from None
