"""What is done after the first screen stands, between two drawings, so that nobody waits for it."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Collection
from typing import Any

from kivy.clock import Clock

from kiosk.ui.screen_list import Screens

LEFT_S = 3.0
"""After a citizen has left: the next one may be touching already, so not at once."""
NEW, ALL = 1, 2
"""What was made since the last clean-up but one; the oldest are what the program itself is."""
LIBC = ctypes.CDLL(None)
EVERY_S = 0.1
"""One screen takes about 30 ms to build: a touch that comes then is answered in time."""


def give_back(_dt: float = 0.0) -> None:
    """Give the system back what letters and pictures needed while they were made: 50 MB."""
    LIBC.malloc_trim(0)


def let_go() -> None:
    """The kiosk has ended: what stood for its life may be cleaned up like all else."""
    gc.unfreeze()


def build_in_the_quiet(screens: Screens, but: Collection[str]) -> Any:
    """Build one screen after the other, `but` those; the clock that does it, to be cancelled."""

    def build(_dt: float) -> bool:
        more = screens.build_next(but)
        # What stands for the life of the kiosk need not be looked through with every clean-up,
        # which would stop the screen for a quarter of a second each time: so after each screen.
        # Before the first time everything: what only the start needed would be kept for ever.
        gc.collect(NEW if gc.get_freeze_count() else ALL)
        gc.freeze()
        if not more:
            give_back()
        return more

    return Clock.schedule_interval(build, EVERY_S)
