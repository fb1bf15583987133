"""The secrets of an office's devices while its settings change: given, taken back, retired."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from queue_server.adapters.credential_files import (
    CredentialError,
    new_credential,
    put_credential,
    read_credential,
)
from queue_server.config.office_file import DeviceSection
from queue_server.config.settings_part import SettingsRefused

OWN = frozenset({"admin", "server"})
"""Sign-ins of the office itself; no device may take their names."""


class DeviceSecrets:
    """One change of settings; a secret of a device that no file names signs nobody in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: list[Path] = []

    def check(self, now: Iterable[DeviceSection], wanted: Iterable[DeviceSection]) -> None:
        """Whether the office could start with these devices.

        Raises:
            SettingsRefused: a device has a name of the office's own, or another role than before.
        """
        roles = {device.id: device.role for device in now}
        for device in wanted:
            if device.id in OWN and device.id not in roles:
                raise SettingsRefused(
                    f"thiết bị '{device.id}': tên này dành cho cơ quan / "
                    f"device '{device.id}': the office itself has this name"
                )
            if roles.get(device.id, device.role) != device.role:
                raise SettingsRefused(
                    f"thiết bị '{device.id}' giữ vai trò cũ vì khóa đã cấp cho vai trò đó; hãy bỏ "
                    "nó hoặc thêm thiết bị có mã khác / "
                    f"device '{device.id}' keeps its role: its secret was given for it; "
                    "remove it, or add a device with another id"
                )

    def give(self, wanted: Iterable[DeviceSection]) -> None:
        """Every device that has no secret gets one.

        Raises:
            OSError: one could not be written; `take_back` removes the others.
        """
        for device in wanted:
            path = self._folder / f"{device.id}.json"
            if not _fits(path, device.role):
                self._given.append(path)
                put_credential(self._folder, new_credential(device.id, device.role))

    def take_back(self) -> None:
        """Nothing was changed after all."""
        for path in self._given:
            with suppress(OSError):
                path.unlink()

    def retire(self, now: Iterable[DeviceSection], wanted: Iterable[DeviceSection]) -> None:
        """Put the secrets of devices that are gone aside; they count no more in any case."""
        kept = {device.id for device in wanted}
        for device in now:
            path = self._folder / f"{device.id}.json"
            if device.id not in kept:
                with suppress(OSError):
                    path.replace(path.with_suffix(".removed"))


def _fits(path: Path, role: str) -> bool:
    """Whether the device's secret is there, sound, and of this role."""
    try:
        return read_credential(path).role == role
    except CredentialError:
        return False
