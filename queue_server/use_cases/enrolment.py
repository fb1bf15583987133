"""What the enrolment of devices needs beside its desk: the root, and the settings of a device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from queue_server.use_cases.device_desk import DeviceDesk


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`root` gives the office's root as PEM and DER, None without one; `settings` a TOML text."""

    desk: DeviceDesk
    root: Callable[[], tuple[bytes, bytes] | None]
    settings: Callable[[str], str | None]
