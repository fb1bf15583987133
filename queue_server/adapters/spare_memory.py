"""Memory that nobody uses goes back to the system; glibc keeps it in its arenas until it is asked.

Without it the office would stay as large as its busiest minute was: a year's report, a night of
learning. Elsewhere (musl, macOS) nothing is asked and nothing breaks.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

LOOK_EVERY_S = 300.0
END_WITHIN_S = 10.0
M_ARENA_MAX = -8
"""From glibc's malloc.h."""
ARENAS = 2
"""With one interpreter lock more arenas gain little, and each keeps leftovers of its own."""


def _of_glibc(name: str) -> Callable[..., Any] | None:
    return getattr(ctypes.CDLL(None), name, None)


def keep_few_arenas() -> bool:
    """Ask before threads begin; whether the C library understood."""
    mallopt = _of_glibc("mallopt")
    return mallopt is not None and bool(mallopt(M_ARENA_MAX, ARENAS))


def give_back() -> bool:
    """Whether anything went back to the system."""
    trim = _of_glibc("malloc_trim")
    return trim is not None and bool(trim(ctypes.c_size_t(0)))


class SpareMemory:
    """Gives back now and then, in a thread of its own that holds nobody up."""

    def __init__(
        self, every_s: float = LOOK_EVERY_S, trim: Callable[[], object] = give_back
    ) -> None:
        self._every_s, self._trim = every_s, trim
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memory", daemon=True)

    def start(self) -> None:
        """Begin; the first time comes after one pause."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(END_WITHIN_S)

    def _run(self) -> None:
        while not self._stop.wait(self._every_s):
            self._trim()
