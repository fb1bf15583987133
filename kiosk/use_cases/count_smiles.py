"""Keeps the open window, and what the server has not heard yet; any thread may ask."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from kiosk.domain.smile_windows import SmileWindows
from kiosk.use_cases.camera_ports import (
    Agreement,
    RatingTable,
    SmileJudge,
    SmileLink,
    WindowShare,
    WindowShares,
)

MOST_WAITING = 200
"""Windows that wait for the broker: two days of quarters, then the oldest is dropped."""


class CountSmiles:
    """Counts people, closes windows, tells them in order, learns from those who also rate."""

    def __init__(
        self,
        judge: SmileJudge,
        shares: WindowShares,
        ratings: RatingTable,
        link: SmileLink,
        now: Callable[[], datetime],
    ) -> None:
        self._judge = judge
        self._shares = shares
        self._ratings = ratings
        self._link = link
        self._now = now
        self._windows = SmileWindows(now())
        self._waiting: deque[WindowShare] = deque(maxlen=MOST_WAITING)
        self._agreement: Agreement | None = ratings.agreement()
        self._told_on = ""
        self._lock = Lock()

    def count(self, smile: float) -> None:
        """One more person was judged."""
        with self._lock:
            self._close()
            self._windows.count(smiled=self._judge.smiled(smile))

    def rated(self, smile: float, rating: int) -> None:
        """The same person also rated, 1 to 5."""
        with self._lock:
            news = self._ratings.add(smile, rating)
            if news is not None:
                self._agreement, self._told_on = news, ""

    def tick(self) -> None:
        """Close the window that is over and tell what waits."""
        with self._lock:
            self._close()
            self._tell_agreement()
            while self._waiting and self._link.tell(self._waiting[0]):
                self._waiting.popleft()

    def _close(self) -> None:
        closed = self._windows.close(self._now())
        share = self._shares.share(closed) if closed is not None else None
        if share is not None:
            self._waiting.append(share)

    def _tell_agreement(self) -> None:
        """Once a day and with each change: the server keeps it with the day."""
        today = self._now().date().isoformat()
        if self._agreement is None or self._told_on == today:
            return
        if self._link.tell_agreement(self._agreement):
            self._told_on = today
