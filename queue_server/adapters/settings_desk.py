"""Changes an office's settings: file, credentials of new devices and one event, or nothing."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from queue_server.adapters.credential_files import new_credential, write_credential
from queue_server.adapters.office_toml import NewText, digest_of
from queue_server.adapters.settings_toml import settings_text
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
        wanted = with_settings(self._file(), part)
        text = settings_text(self._path.read_text("utf-8"), part)
        if OfficeFile.model_validate(tomllib.loads(text)) != wanted:
            raise SettingsRefused("the file cannot say this; change it by hand")
        try:
            written = NewText(self._path, text)
        except OSError as error:
            raise StoreUnavailable(f"{self._path}: {error.strerror}") from None
        try:
            named = tuple(str(one) for one in changes[:MOST_NAMED])
            after = digest_of(self._path.with_name(f".{self._path.name}.new"))
            record = SettingsChanged(
                at=SOME_TIME, by=by, changes=named, before=expected, after=after
            )
            commit_record(self._writer, record)
            self._credentials(wanted)
            written.put()
        except BaseException:
            written.drop()
            raise

    def _credentials(self, wanted: OfficeFile) -> None:
        """A new device gets a secret; that of a device which is gone signs nobody in any more."""
        folder = self._data / "credentials"
        for device in wanted.devices:
            if not (folder / f"{device.id}.json").exists():
                write_credential(folder, new_credential(device.id, device.role))
        kept = {device.id for device in wanted.devices}
        for device in self._started.devices:
            path = folder / f"{device.id}.json"
            if device.id not in kept and path.exists():
                path.replace(path.with_suffix(".removed"))
