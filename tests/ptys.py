"""A serial device in software: one end of a pty behind a symlink that survives unplugging."""

from __future__ import annotations

import os
import select
import tty
from pathlib import Path
from typing import Self


class PtyDevice:
    """What hangs on the cable. `path` is what udev would give, the same after each replug."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None
        self.plug()

    def plug(self) -> None:
        """Put the cable in: a new device appears behind the old name."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends = (master, slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))

    def unplug(self) -> None:
        """Pull the cable: readers and writers fail, and the name is gone."""
        if self._ends is not None:
            self.path.unlink(missing_ok=True)
            for end in self._ends:
                os.close(end)
            self._ends = None

    @property
    def fd(self) -> int:
        """The device's own end of the cable."""
        assert self._ends is not None, "unplugged"
        return self._ends[0]

    def send(self, data: bytes) -> None:
        """Let the device speak."""
        assert os.write(self.fd, data) == len(data)

    def receive(self, size: int, timeout_s: float = 5.0) -> bytes:
        """Exactly the next `size` bytes that the program wrote."""
        got = b""
        while len(got) < size:
            ready, _, _ = select.select([self.fd], [], [], timeout_s)
            assert ready, f"only {got!r} came"
            got += os.read(self.fd, size - len(got))
        return got

    def wait_for_frame(self, text: str, address: str = "01") -> None:
        """Read what an ASCII sign is given until it is this text."""
        frame = b"\x02" + address.encode() + text.encode() + b"\x03"
        read = b""
        while frame not in read:
            read = read[-len(frame) :] + self.receive(1)

    def is_silent(self) -> bool:
        """Whether nothing more was written up to now."""
        return not select.select([self.fd], [], [], 0)[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()
