"""Keeps demand and advice fresh beside the work: a thread that may take a tenth of one core.

At most one simulation for each minute of the office, and only after something happened; after one
that cost two seconds the next waits for twenty. What fails is said in the log and tried again. The
thread imports the models' libraries itself, so a server is as quickly there as without.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.contracts.planning_views import PlanningView
from queue_server.contracts.views import Words
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import StoreUnavailable

if TYPE_CHECKING:
    from queue_server.adapters.planning_desk import PlanningDesk

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
OFFICE_MINUTE = timedelta(minutes=1)
SHARE = 10
END_WITHIN_S = 10.0
LOADING = Words(vi="Đang khởi động", en="The models are being loaded")


@dataclass(slots=True)
class PlanningSide:
    """`minutes` are the configured service times, `target_min` is the mean wait aimed at."""

    store: Path
    live: LiveOffice
    minutes: Mapping[str, float]
    target_min: float
    now: Callable[[], datetime]
    ready: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _desk: PlanningDesk | None = None
    _thread: threading.Thread | None = None
    _next_s: float = 0.0
    _seen: int = -1
    _at: datetime | None = None

    # -- the port ---------------------------------------------------------------------------

    def view(self, at: datetime) -> PlanningView:
        """What is known now."""
        if self._desk is not None:
            return self._desk.view(at)
        return PlanningView(
            at=at,
            target_min=self.target_min,
            demand=None,
            first=[],
            advice=None,
            no_advice=LOADING,
        )

    def advise(self, at: datetime) -> None:
        """Simulate from this moment."""
        if self._desk is not None:
            self._desk.advise(at)

    # -- its life ---------------------------------------------------------------------------

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._run, name="planning", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and a simulation that runs."""
        self._stop.set()
        if self._desk is not None:
            self._desk.stop()
        if self._thread is not None:
            self._thread.join(END_WITHIN_S)

    def _run(self) -> None:
        # The first seconds of a server belong to the devices that come back to it.
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                self._look()
            except StoreUnavailable as fault:
                log.warning("planning waits for the store: %s", fault)
            except Exception:  # an office without advice works on
                log.exception("planning failed; it is tried again")
            self.ready.set()

    def _look(self) -> None:
        desk = self._loaded()
        with self.live.look() as day:
            today = day.day
        learned = desk.learn(today)
        at, seq = self.now(), self.live.seq
        recent = self._at is not None and at - self._at < OFFICE_MINUTE
        fresh = not learned and (seq == self._seen or recent)
        if fresh or time.monotonic() < self._next_s or self._stop.is_set():
            return
        began = time.monotonic()
        desk.advise(at)
        done = time.monotonic()
        self._next_s = done + SHARE * (done - began)
        self._seen, self._at = seq, at

    def _loaded(self) -> PlanningDesk:
        from queue_server.adapters.planning_desk import PlanningDesk  # noqa: PLC0415 - see above

        if self._desk is None:
            self._desk = PlanningDesk(self.store, self.live, self.minutes, self.target_min)
        return self._desk
