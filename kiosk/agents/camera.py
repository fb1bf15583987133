"""The process of the camera: closed and dark until somebody agrees, and never about one person."""

from __future__ import annotations

import logging
import threading

from kiosk.use_cases.camera_ports import Answer, CameraFault, Door, Look, Rate, SmileLink
from kiosk.use_cases.count_smiles import CountSmiles
from kiosk.use_cases.look_with_consent import LookWithConsent

log = logging.getLogger(__name__)

TICK_S = 5.0


class CameraAgent:
    """Joins door, look, count and link; tells staff in plain words when the camera is gone."""

    def __init__(
        self, look: LookWithConsent, counts: CountSmiles, link: SmileLink, tick_s: float = TICK_S
    ) -> None:
        self._look = look
        self._counts = counts
        self._link = link
        self._tick_s = tick_s
        self._closing = threading.Event()
        self._ticking = threading.Thread(target=self._tick, name="windows", daemon=True)
        self._door: Door | None = None

    def start(self, door: Door) -> None:
        """Work in the background until `close`.

        Raises:
            OSError: the door cannot be opened.
        """
        self._door = door
        door.start()
        self._link.start()
        self._ticking.start()

    def close(self) -> None:
        """Let go of whoever is there, then say goodbye; the open window is forgotten."""
        self._closing.set()
        if self._door is not None:
            self._door.close()
        if self._ticking.is_alive():
            self._ticking.join()
        self._link.close()

    def begin(self) -> tuple[Look, Rate]:
        """For one person: what looks, and what takes the rating."""
        person = _Person(self)
        return person.look, person.rate

    def look(self, withdrawn: threading.Event) -> tuple[Answer, float | None]:
        """Look once; the answer for the screen, and the smile that was counted."""
        try:
            judged = self._look(withdrawn)
        except CameraFault as fault:
            log.warning("%s", fault)
            self._link.report(str(fault))
            return {"state": "fault"}, None
        self._link.report("")
        if judged.smile is None:
            return {"state": "unknown", "reason": judged.unknown or "unknown"}, None
        self._counts.count(judged.smile)
        return {"state": "counted"}, judged.smile

    def rated(self, smile: float, rating: int) -> None:
        """The same person also rated."""
        self._counts.rated(smile, rating)

    def _tick(self) -> None:
        while not self._closing.wait(self._tick_s):
            try:
                self._counts.tick()
            except Exception:  # the next tick tries again, whatever broke this one
                log.exception("a window could not be told")


class _Person:
    """Lives as long as one connection: the smile is joined with the rating and then gone."""

    def __init__(self, agent: CameraAgent) -> None:
        self._agent = agent
        self._smile: float | None = None

    def look(self, withdrawn: threading.Event) -> Answer:
        answer, self._smile = self._agent.look(withdrawn)
        return answer

    def rate(self, rating: int) -> None:
        smile, self._smile = self._smile, None  # once
        if smile is not None and rating in range(1, 6):
            self._agent.rated(smile, rating)
