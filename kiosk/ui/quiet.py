"""What is done after the first screen stands, between two drawings, so that nobody waits for it."""

from __future__ import annotations

import gc
from typing import Any

from kivy.clock import Clock

from kiosk.ui.screen_list import Screens

EVERY_S = 0.1
"""One screen takes about 30 ms to build: a touch that comes then is answered in time."""


def build_in_the_quiet(screens: Screens) -> Any:
    """Build one screen after the other; the clock that does it, to be cancelled."""

    def build(_dt: float) -> bool:
        more = screens.build_next()
        if not more:
            # What stands for the life of the kiosk need not be looked through with every clean-up,
            # which would stop the screen for a quarter of a second each time.
            gc.collect()
            gc.freeze()
        return more

    return Clock.schedule_interval(build, EVERY_S)
