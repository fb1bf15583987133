"""Keeps a number display at the wanted text, however often the display is unplugged.

A display may take half a second to fail; so it has a thread of its own, and key presses never wait
for it. Only the newest text matters: older ones that the display missed are not shown late.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable

from kiosk.use_cases.ports import DisplayError, NumberDisplay

log = logging.getLogger(__name__)

REPAINT_S = 2.0


class SignPainter:
    """Writes each new text at once, and the same text again every `repaint_s` seconds.

    Repainting finds a lost display, retries a failed one and fills one that was without power.
    """

    def __init__(self, display: NumberDisplay, *, repaint_s: float = REPAINT_S) -> None:
        self._display = display
        self._repaint_s = repaint_s
        self._wanted = ""
        self._changed = threading.Condition()
        self._dirty = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def start(self, on_link: Callable[[bool], None]) -> None:
        """Paint in the background; `on_link` tells when the display is lost and found."""
        self._thread = threading.Thread(
            target=self._run, args=(on_link,), name="sign-painter", daemon=True
        )
        self._thread.start()

    def show(self, text: str) -> None:
        """Want this text from now on; returns at once."""
        with self._changed:
            self._wanted = text
            self._dirty = True
            self._changed.notify()

    def close(self) -> None:
        """Darken the display, so that it does not promise what nobody keeps, and let go of it."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self, on_link: Callable[[bool], None]) -> None:
        found: bool | None = None
        while (text := self._next_text()) is not None:
            try:
                self._display.show(text)
            except DisplayError as fault:
                now_found = False
                log.debug("the display did not take %r: %s", text, fault)
            else:
                now_found = True
            if now_found is not found:
                found = now_found
                on_link(found)
        with contextlib.suppress(DisplayError):
            self._display.show("")
        self._display.close()

    def _next_text(self) -> str | None:
        """Wait for a new text or for the next repainting; None when closing."""
        with self._changed:
            self._changed.wait_for(lambda: self._dirty or self._closing, timeout=self._repaint_s)
            self._dirty = False
            return None if self._closing else self._wanted
