"""Changes an office's settings: file, credentials of new devices and one event, or nothing."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from queue_server.adapters.device_secrets import DeviceSecrets
from queue_server.adapters.office_toml import NewText, beside_of, digest_of, put_beside
from queue_server.adapters.settings_toml import settings_text
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.config.office_file import OfficeFile
from queue_server.config.settings_part import (
    SettingsPart,
    SettingsRefused,
    differences,
    settings_of,
    with_settings,
)
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import RecordEvent, SettingsChanged
from queue_server.use_cases.keep_day import Request, Writer
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.settings_desk import Difference, Stale

SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""A record's time is that of its commit; until then it has none."""
MOST_NAMED = 40
NEWEST = 20
NOT_WRITTEN = "taken back: the file could not be put in its place"


def commit_record(writer: Writer, record: RecordEvent) -> None:
    """Write a decision into the chain.

    Raises:
        StoreUnavailable: it was not written.
    """
    answer = writer.submit(Request(KeepRecord(record=record), lambda _d, _o, _at: {})).result()
    if answer.fault is not None:
        raise answer.fault


class FileSettings:
    """`SettingsDesk` over `motcua.toml`; what is saved holds from the next start on."""

    def __init__(self, data: Path, started: OfficeFile, writer: Writer) -> None:
        self._data = data
        self._path = data / "motcua.toml"
        self._started = started
        self._writer = writer
        self._lock = Lock()

    def read(self) -> tuple[SettingsPart, str, bool]:
        """The settings in the file, its digest, and whether the running office has others."""
        with self._lock:
            digest = digest_of(self._path)
            part = settings_of(self._file())
        return part, digest, part != settings_of(self._started)

    def preview(self, part: SettingsPart) -> list[Difference]:
        """What would be other; nothing is changed.

        Raises:
            SettingsRefused: they are not those of any office.
        """
        file = self._file()
        with_settings(file, part)
        return [Difference(*one) for one in differences(settings_of(file), part)]

    def save(self, part: SettingsPart, expected: str, by: str) -> list[Difference]:
        """Write them, and the event that says who; what is other now.

        Raises:
            SettingsRefused: they are not those of any office.
            Stale: somebody else was faster.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            if digest_of(self._path) != expected:
                raise Stale
            changes = self.preview(part)
            if changes:
                self._write(part, changes, expected, by)
            return changes

    def _file(self) -> OfficeFile:
        try:
            return read_config(self._path, OfficeFile)
        except ConfigError as error:
            raise SettingsRefused(str(error)) from None

    def _write(self, part: SettingsPart, changes: list[Difference], expected: str, by: str) -> None:
        """Everything beside its place, then the event, then one rename that lets the file count.

        Before the event a fault takes all back. After it the new file is whole on the disk: a power
        cut leaves what `finish_save` puts in its place at the next start.
        """
        now = self._file()
        wanted = with_settings(now, part)
        text = settings_text(self._path.read_text("utf-8"), part)
        if OfficeFile.model_validate(tomllib.loads(text)) != wanted:
            raise SettingsRefused("the file cannot say this; change it by hand")
        secrets = DeviceSecrets(self._data / "credentials")
        secrets.check(now.devices, wanted.devices)
        try:
            written = NewText(self._path, text)
        except OSError as error:
            raise StoreUnavailable(f"{self._path}: {error.strerror}") from None
        try:
            secrets.give(wanted.devices)
            record = SettingsChanged(
                at=SOME_TIME,
                by=by,
                changes=tuple(str(one) for one in changes[:MOST_NAMED]),
                before=expected,
                after=digest_of(beside_of(self._path)),
            )
            commit_record(self._writer, record)
        except OSError as error:
            written.drop()
            secrets.take_back()
            raise StoreUnavailable(f"{self._data}: {error.strerror}") from None
        except BaseException:
            written.drop()
            secrets.take_back()
            raise
        self._put(written, record, secrets)
        secrets.retire(now.devices, wanted.devices)

    def _put(self, written: NewText, record: SettingsChanged, secrets: DeviceSecrets) -> None:
        try:
            written.put()
        except OSError as error:
            if digest_of(self._path) == record.after:
                return  # in its place; only the folder was not synced, as after any rename
            undone = replace(
                record, changes=(NOT_WRITTEN,), before=record.after, after=record.before
            )
            # Where not even this can be kept, the file beside stays for the next start.
            commit_record(self._writer, undone)
            written.drop()
            secrets.take_back()
            raise StoreUnavailable(f"{self._path}: {error.strerror}") from None


def finish_save(data: Path) -> bool:
    """Finish a save that was decided and then cut off; whether there was one.

    The event is what decides: its digests name the file that was and the file that lies beside.
    """
    path = data / "motcua.toml"
    beside = beside_of(path)
    if not beside.exists():
        return False
    try:
        records = SqliteReader(data / "store" / "office.db").records(NEWEST)
    except StoreUnavailable:
        return False
    last = next((one.event for one in records if isinstance(one.event, SettingsChanged)), None)
    if last is None or (last.before, last.after) != (digest_of(path), digest_of(beside)):
        return False
    put_beside(path)
    return True
