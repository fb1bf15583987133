"""Which devices are there: told by birth, heartbeat and will, doubted when they fall silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from queue_server.contracts.messages import DeviceStatus
from queue_server.contracts.views import BoardDevice
from queue_server.use_cases.device_trouble import DeviceTrouble

LOST_AFTER_S = 75.0
"""Two and a half heartbeats of 30 s: one may be lost, two may not."""


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device of the registry; `counter` is the only one a keypad may move."""

    id: str
    role: str
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The last status of a device: when it came, on the uptime and on the office's clock."""

    status: DeviceStatus
    at_s: float
    at: datetime


class DevicePresence:
    """Keeps the last status of each configured device. May be asked from any thread.

    Silence is measured on the uptime, so that neither a corrected clock nor the demo's fast one
    makes a device look lost.
    """

    def __init__(
        self,
        registry: Iterable[KnownDevice],
        now: Callable[[], datetime],
        uptime: Callable[[], float],
        lost_after_s: float = LOST_AFTER_S,
    ) -> None:
        self._registry = {device.id: device for device in registry}
        self._now = now
        self._uptime = uptime
        self._lost_after_s = lost_after_s
        # On the office's clock: in the demo's fast time a busy clerk is no stuck key.
        self._trouble = DeviceTrouble(lambda: now().timestamp())
        self._seen: dict[str, Seen] = {}
        self._lock = Lock()

    def known(self, device: str) -> KnownDevice | None:
        """The device of this id, if the office has one."""
        return self._registry.get(device)

    def heard(self, device: str, status: DeviceStatus) -> None:
        """Take a status over; one of a device that is not configured is not kept."""
        if device in self._registry:
            with self._lock:
                self._seen[device] = Seen(status, self._uptime(), self._now())
                if status.online:
                    self._trouble.born(device, status.boot)

    def last(self, device: str) -> Seen | None:
        """The last status, for whoever wants versions, printer or temperature."""
        with self._lock:
            return self._seen.get(device)

    def online(self, device: str) -> bool:
        """Whether it said so, and not too long ago."""
        seen = self.last(device)
        return (
            seen is not None
            and seen.status.online
            and self._uptime() - seen.at_s <= self._lost_after_s
        )

    def devices(self) -> list[BoardDevice]:
        """All configured devices, in order of the configuration."""
        return [self._shown(device) for device in self._registry.values()]

    def _shown(self, device: KnownDevice) -> BoardDevice:
        seen = self.last(device.id)
        paper = seen.status.paper if seen else None
        return BoardDevice(
            id=device.id,
            role=device.role,
            online=self.online(device.id),
            paper=paper.value if paper else None,
            seen_at=seen.at if seen else None,
            detail=self._wrong(device.id, seen),
            printer=seen.status.printer if seen else None,
        )

    def pressed(self, device: str, stroke: str) -> bool:
        """A new key press came; True when that key is stuck and must not be obeyed."""
        with self._lock:
            return self._trouble.stuck(device, stroke)

    def _wrong(self, device: str, seen: Seen | None) -> str | None:
        """What the device says is wrong with it, and what the server sees by itself."""
        said = [seen.status.detail] if seen is not None and seen.status.detail else []
        with self._lock:
            return "; ".join([*said, *self._trouble.words(device)]) or None
