"""One failing screen never takes the kiosk down: noted, wiped, said, and life goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager
from kivy.clock import Clock

from kiosk.ui.faults import Failures, place_of

log = logging.getLogger(__name__)


class KeepAlive(ExceptionHandler):
    """Hears of everything that a callback raised.

    `sorry` wipes this citizen's session and says so; `end` is called when failures come so often
    that only a restart can help.
    """

    def __init__(self, sorry: Callable[[], None], end: Callable[[], None]) -> None:
        self._sorry = sorry
        self._end = end
        self._failures = Failures()

    def handle_exception(self, inst: BaseException) -> int:
        """Note where it was, never what it held, and go on."""
        log.error("a screen broke: %s", place_of(inst))
        if self._failures.note(Clock.get_time()):
            log.error("too many failures: the kiosk ends to be started anew")
            Clock.schedule_once(lambda _dt: self._end())
        else:
            Clock.schedule_once(lambda _dt: self._sorry())
        return int(ExceptionManager.PASS)
