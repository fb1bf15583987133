"""Changes an office's settings: file, credentials of new devices and one event, or nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

from queue_server.adapters.device_secrets import DeviceSecrets
from queue_server.adapters.office_config import OfficeConfig, commit_record, put_recorded
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
from queue_server.contracts.config_file import ConfigError
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.settings_desk import Difference, Stale

NEWEST = 20


class FileSettings:
    """`SettingsDesk` over `motcua.toml`; what is saved holds from the next start on."""

    def __init__(self, data: Path, config: OfficeConfig, writer: Writer) -> None:
        self._data = data
        self._config = config
        self._writer = writer

    def read(self) -> tuple[SettingsPart, str, bool]:
        """The settings in the file, its digest, and whether the running office has others."""
        with self._config.lock:
            digest = self._config.digest()
            part = settings_of(self._file())
            return part, digest, part != settings_of(self._config.running)

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
        with self._config.lock:
            if self._config.digest() != expected:
                raise Stale
            changes = self.preview(part)
            if changes:
                self._write(part, changes, expected, by)
            return changes

    def _file(self) -> OfficeFile:
        try:
            return self._config.file()
        except ConfigError as error:
            raise SettingsRefused(error.for_page()) from None

    def _write(self, part: SettingsPart, changes: list[Difference], expected: str, by: str) -> None:
        """Everything beside its place, then the event, then one rename that lets the file count.

        Before the event a fault takes all back. After it the new file is whole on the disk: a power
        cut leaves what `finish_save` puts in its place at the next start.
        """
        now, path = self._file(), self._config.path
        wanted = with_settings(now, part)
        text = settings_text(path.read_text("utf-8"), part)
        if OfficeFile.model_validate(tomllib.loads(text)) != wanted:
            raise SettingsRefused(
                "không ghi được vào motcua.toml như thế này; hãy sửa tệp bằng tay / "
                "the file cannot say this; change it by hand"
            )
        secrets = DeviceSecrets(self._data / "credentials")
        secrets.check(now.devices, wanted.devices)
        try:
            written = NewText(path, text)
        except OSError as error:
            raise StoreUnavailable(f"{path}: {error.strerror}") from None
        try:
            secrets.give(wanted.devices)
            record = self._config.record(by, changes, expected)
            commit_record(self._writer, record)
        except OSError as error:
            written.drop()
            secrets.take_back()
            raise StoreUnavailable(f"{self._data}: {error.strerror}") from None
        except BaseException:
            written.drop()
            secrets.take_back()
            raise
        # Where the taking back cannot be kept either, the next start finishes the save.
        put_recorded(path, written, record, self._writer, secrets.take_back)
        secrets.retire(now.devices, wanted.devices)


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
