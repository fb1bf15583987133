"""A USB numpad read as an input device of its own, grabbed so that nothing else hears its keys.

The kernel's records are read with the standard library: they are 24 bytes each, and a program that
needs a compiler to install would be worth less than these lines.
"""

from __future__ import annotations

import fcntl
import logging
import os
import select
import struct
import threading
from collections.abc import Callable

from kiosk.adapters.hot_plug import FIRST_WAIT_S, HotPlug
from kiosk.domain.keypad_line import KeyStroke
from kiosk.domain.numpad import Motion, Numpad
from kiosk.use_cases.ports import nobody_minds

log = logging.getLogger(__name__)

EVENT = struct.Struct("@llHHi")
"""`struct input_event`: seconds, microseconds, type, code, value."""

EV_SYN, EV_KEY = 0, 1
SYN_REPORT, SYN_DROPPED = 0, 3
EVIOCGRAB = 0x40044590
MOST_AT_ONCE = 64
MOTIONS = frozenset(motion.value for motion in Motion)


def grab_device(fd: int) -> None:
    """Take the device for us alone: what the clerk types reaches no window and no console.

    Raises:
        OSError: somebody else has it, or it is no input device.
    """
    fcntl.ioctl(fd, EVIOCGRAB, 1)


class EvdevKeypad:
    """Reads key presses in a thread of its own; `on_key` and `on_link` are called from it."""

    def __init__(
        self,
        path: str,
        numpad: Numpad,
        *,
        first_wait_s: float = FIRST_WAIT_S,
        grab: Callable[[int], None] = grab_device,
    ) -> None:
        """Prepare; nothing is opened before `start`.

        Args:
            path: the device; a udev symlink, which survives unplugging.
            numpad: what its keys mean.
            first_wait_s: the pause before the second try to open it.
            grab: takes an open device for us alone.
        """
        self._path = path
        self._numpad = numpad
        self._first_wait_s = first_wait_s
        self._grab = grab
        self._closing = threading.Event()
        self._woken, self._waker = os.pipe()
        self._thread: threading.Thread | None = None
        self._on_stuck: Callable[[str], None] = nobody_minds
        self._stuck: str | None = None

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        """Read in the background; a key that is held and held is told to `on_stuck`."""
        self._on_stuck = on_stuck
        self._thread = threading.Thread(
            target=self._run, args=(on_key, on_link), name="keypad", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop reading and let go of the device."""
        if self._closing.is_set():
            return
        self._closing.set()
        os.close(self._waker)
        if self._thread is not None:
            self._thread.join()
        os.close(self._woken)

    def _run(self, on_key: Callable[[KeyStroke], None], on_link: Callable[[bool], None]) -> None:
        plug = HotPlug(f"numpad at {self._path}", self._open, (OSError,), self._first_wait_s)
        plug.run(lambda fd: self._read_until_lost(fd, on_key), on_link, self._closing)

    def _open(self) -> int:
        fd = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self._grab(fd)
        except OSError:
            os.close(fd)
            raise
        self._numpad.reset()
        self._tell_stuck()  # an unplugged key is nobody's any more
        return fd

    def _read_until_lost(self, fd: int, on_key: Callable[[KeyStroke], None]) -> None:
        events = _Events(self._numpad)
        try:
            while True:
                ready, _, _ = select.select([fd, self._woken], [], [])
                if self._woken in ready:
                    return
                data = os.read(fd, EVENT.size * MOST_AT_ONCE)
                if not data:
                    log.info("numpad %s ended", self._path)
                    return
                for stroke in events.feed(data):
                    on_key(stroke)
                self._tell_stuck()
        except OSError as fault:
            log.info("numpad %s lost: %s", self._path, fault)
        finally:
            os.close(fd)

    def _tell_stuck(self) -> None:
        if self._numpad.stuck != self._stuck:
            self._stuck = self._numpad.stuck
            self._on_stuck(self._stuck or "")


class _Events:
    """Bytes of the kernel become key presses; what follows lost events in a report is left out."""

    def __init__(self, numpad: Numpad) -> None:
        self._numpad = numpad
        self._held = b""
        self._doubtful = False

    def feed(self, data: bytes) -> list[KeyStroke]:
        """Take the next bytes, whole records or not."""
        data = self._held + data
        whole = len(data) - len(data) % EVENT.size
        self._held = data[whole:]
        strokes = (self._event(*record) for record in EVENT.iter_unpack(data[:whole]))
        return [stroke for stroke in strokes if stroke is not None]

    def _event(self, s: int, us: int, kind: int, code: int, value: int) -> KeyStroke | None:
        if kind == EV_SYN and code == SYN_DROPPED:
            self._doubtful = True
            self._numpad.reset()
        elif kind == EV_SYN and code == SYN_REPORT:
            self._doubtful = False
        elif kind == EV_KEY and value in MOTIONS and not self._doubtful:
            return self._numpad.key(code, Motion(value), s + us / 1e6)
        return None
