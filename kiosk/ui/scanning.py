"""What comes from the code scanner, and from one that only pretends to be a keyboard."""

from __future__ import annotations

import logging
import time

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.domain.session import Step
from kiosk.domain.wedge import WedgeWatch
from kiosk.ui.front import Kiosk

log = logging.getLogger(__name__)

ENDS = frozenset({13, 271, 9})
"""Enter, that of the number block, and Tab."""
TAKES_ALL = frozenset({Step.FILING, Step.RATE})
"""Their screens understand scans themselves."""


class Scanning:
    """Brings scans to the screen's own thread. Nothing of a scan is ever logged."""

    def __init__(self, app: Kiosk) -> None:
        self._app = app
        self._wedge = WedgeWatch()
        self._key_before = 0
        self.refused = False

    def begin(self) -> None:
        """Listen to the scanner, and to keys that no hand types."""
        Window.bind(on_key_down=self._key)
        scanner = self._app.backstage.scanner
        if scanner is not None:
            scanner.start(self._scan, self._link)

    def end(self) -> None:
        """Listen no more; may be called twice."""
        Window.unbind(on_key_down=self._key)

    def _scan(self, text: str | None) -> None:
        Clock.schedule_once(lambda _dt: self._deliver(text))

    def _deliver(self, text: str | None) -> None:
        """Filing fills in from a whole card, a rating knows slips; else its number is enough."""
        if self._app.session.step in TAKES_ALL:
            self._app.stay()
            self._app.shown.scanned(text)
        else:
            self._app.desk.scanned(self._app.backstage.understand(text))

    def _link(self, found: bool) -> None:  # noqa: FBT001 - what the port says
        level = logging.INFO if found else logging.WARNING
        log.log(level, "scanner: %s", "found" if found else "lost")

    def _key(self, _window: object, code: int, *_more: object) -> bool:
        again, self._key_before = code == self._key_before, code
        wedge = self._wedge.pressed(time.monotonic(), ends=code in ENDS, again=again)
        if wedge and not self.refused:
            log.warning("scanner: it types like a keyboard and is refused")
            self._app.backstage.refused_scanner()
            self._app.leave()
            self.refused = True
            self._app.render()
        return False
