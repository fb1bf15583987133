"""Devices come and go while the office runs: a code that counts once, new keys, no more trust."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

CODE_HOLDS_S = 900.0


class UnknownDevice(Exception):  # noqa: N818 - a refusal
    """The office has no such device."""


class CodeRefused(Exception):  # noqa: N818 - a refusal
    """No such code, or it was used, replaced, or is too old."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What a device is given; printing hides it."""

    device: str
    role: str
    secret: str
    certificate: str

    def __repr__(self) -> str:
        return f"Keys(device={self.device!r}, role={self.role!r})"


class DeviceKeys(Protocol):
    """Makes and ends what a device proves itself by; what it had before ends at once."""

    def check(self, request: str) -> None:
        """Whether a certificate could be given for this request; raises `ValueError` else."""
        ...

    def renew(self, device: str, role: str, request: str) -> Keys:
        """A new secret, and a certificate for the key of the request."""
        ...

    def end(self, device: str, role: str) -> None:
        """Secret and certificate count no more; open connections neither."""
        ...


@dataclass(frozen=True, slots=True)
class _Code:
    digest: bytes
    ends_s: float


class DeviceDesk:
    """May be asked from any thread; every method is slow.

    Codes live in memory only: a restart forgets them, and nobody finds them on a disk.
    """

    def __init__(
        self,
        roles: Mapping[str, str],
        keys: DeviceKeys,
        record: Callable[[str, str, str], None],
        draw: Callable[[], str],
        now_s: Callable[[], float],
    ) -> None:
        """Begin without codes.

        Args:
            roles: the registry: role by device.
            keys: makes and ends proofs.
            record: writes who did what with which device into the chain of events.
            draw: a new random code.
            now_s: seconds of uptime.
        """
        self._roles = roles
        self._keys = keys
        self._record = record
        self._draw = draw
        self._now_s = now_s
        self._codes: dict[str, _Code] = {}
        self._lock = Lock()

    def code(self, by: str, device: str) -> str:
        """A new code for this device; an older one counts no more.

        Raises:
            UnknownDevice: the registry has none of this name.
            StoreUnavailable: nothing was changed.
        """
        self._role(device)
        with self._lock:
            self._record(by, device, "code")
            code = self._draw()
            self._codes[device] = _Code(_digest(code), self._now_s() + CODE_HOLDS_S)
        return code

    def enrol(self, code: str, request: str) -> Keys:
        """Trade a code for keys, once.

        Raises:
            CodeRefused: it does not count.
            ValueError: the certificate request cannot be used; the code goes on counting.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            device = self._device_of(code)
            keys = self._given(device, device, "enrolled", request)
            del self._codes[device]
        return keys

    def renew(self, device: str, request: str) -> Keys:
        """New keys for a device that has proved itself by the old ones.

        Raises:
            UnknownDevice: it is none of the registry.
            ValueError, StoreUnavailable: nothing was changed.
        """
        with self._lock:
            return self._given(device, device, "renewed", request)

    def revoke(self, by: str, device: str) -> None:
        """The device is refused from now on, until it is enrolled again.

        Raises:
            UnknownDevice: the registry has none of this name.
            StoreUnavailable: it is refused all the same, but nobody wrote it down.
        """
        role = self._role(device)
        with self._lock:
            self._codes.pop(device, None)
            self._keys.end(device, role)
            self._record(by, device, "revoked")

    def _given(self, by: str, device: str, what: str, request: str) -> Keys:
        role = self._role(device)
        self._keys.check(request)
        # First the record: a store that cannot keep it must not leave a device without its keys.
        self._record(by, device, what)
        return self._keys.renew(device, role, request)

    def _device_of(self, code: str) -> str:
        now, digest = self._now_s(), _digest(code)
        for device, known in self._codes.items():
            if hmac.compare_digest(known.digest, digest) and now <= known.ends_s:
                return device
        raise CodeRefused

    def _role(self, device: str) -> str:
        role = self._roles.get(device)
        if role is None:
            raise UnknownDevice(device)
        return role


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
