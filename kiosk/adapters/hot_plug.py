"""A device that may be pulled out is opened again and again until nobody wants it any more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 5.0

Device = TypeVar("Device")


class HotPlug(Generic[Device]):
    """Knows how to open one device; `run` keeps it open in the caller's thread."""

    def __init__(
        self,
        name: str,
        open_device: Callable[[], Device],
        faults: tuple[type[Exception], ...],
        first_wait_s: float,
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            name: for the log.
            open_device: raises one of `faults` while there is no such device.
            faults: what opening may raise.
            first_wait_s: the pause before the second try; it doubles up to 5 s.
        """
        self._name = name
        self._open = open_device
        self._faults = faults
        self._first_wait_s = first_wait_s

    def run(
        self,
        use_until_lost: Callable[[Device], None],
        on_link: Callable[[bool], None],
        closing: threading.Event,
    ) -> None:
        """Open the device, use it until it is lost, wait, and begin anew until `closing` is set.

        Args:
            use_until_lost: works with the device; returns when it is gone or nobody wants it.
            on_link: told when the device is found and lost.
            closing: set from another thread.
        """
        wait_s = self._first_wait_s
        while not closing.is_set():
            try:
                device = self._open()
            except self._faults as fault:
                log.debug("no %s: %s", self._name, fault)
            else:
                on_link(True)  # noqa: FBT003 - a callback has no keywords
                use_until_lost(device)
                on_link(False)  # noqa: FBT003 - a callback has no keywords
                wait_s = self._first_wait_s
            closing.wait(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)
