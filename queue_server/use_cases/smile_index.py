"""The smile index of today: windows as they were kept, put together without ever undoing them.

Windows are disjoint and each stands on ten people or more, so no sum of them and no difference of
two sums is about fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import sqrt
from threading import Lock

from queue_server.contracts.satisfaction_views import (
    SmileCalibrationView,
    SmileIndexView,
    SmileShare,
    SmileWindowView,
)
from queue_server.contracts.views import Words
from queue_server.domain.events import Event
from queue_server.domain.office import ZONE, working_day
from queue_server.domain.smile_events import CameraCalibrated, SmilesCounted
from queue_server.use_cases.keep_day import Commit

NOT_CALIBRATED = Words(
    vi="chỉ số nụ cười, chưa hiệu chỉnh tại chỗ; không phải điểm hài lòng",
    en="smile index, not calibrated on site; not a satisfaction score",
)
CALIBRATED = Words(
    vi="ước lượng từ máy ảnh, đã hiệu chỉnh theo đánh giá tại chỗ; số chính thức là đánh giá",
    en="camera estimate, calibrated on ratings given here; the official figure is the rating",
)


class SmileIndex:
    """Follows the commits; any thread may ask."""

    def __init__(self) -> None:
        self._windows: list[SmilesCounted] = []
        self._calibration: CameraCalibrated | None = None
        self._lock = Lock()

    def start(self, events: Iterable[Event]) -> None:
        """Begin with what was kept before."""
        self._take(events)

    def take(self, commit: Commit) -> None:
        """Follow a commit, in the writer's thread."""
        self._take(commit.changes.events)

    def _take(self, events: Iterable[Event]) -> None:
        with self._lock:
            for event in events:
                if isinstance(event, SmilesCounted):
                    self._windows.append(event)
                elif isinstance(event, CameraCalibrated):
                    self._calibration = event

    def view(self, at: datetime) -> SmileIndexView:
        """The index of the working day of `at`."""
        with self._lock:
            today = [w for w in self._windows if working_day(w.window_from) == working_day(at)]
            self._windows = today
            calibration = self._calibration
        latest = max(today, key=lambda window: window.window_from, default=None)
        return index_view(today, latest, calibration)


def index_view(
    windows: Sequence[SmilesCounted],
    latest: SmilesCounted | None,
    calibration: CameraCalibrated | None,
) -> SmileIndexView:
    """Several windows as one index, with the words that must stand beside it."""
    calibrated = latest is not None and latest.calibrated
    alike = [window for window in windows if window.calibrated == calibrated]
    return SmileIndexView(
        words=CALIBRATED if calibrated else NOT_CALIBRATED,
        today=together(alike),
        latest=window_view(latest) if latest is not None else None,
        calibration=calibration_view(calibration) if calibration is not None else None,
    )


def together(windows: Sequence[SmilesCounted]) -> SmileShare | None:
    """The share over several disjoint windows, weighted by people; None for no window.

    The windows are independent, so the squares of their weighted half intervals add up.
    """
    if not windows:
        return None
    n = sum(window.n for window in windows)
    weights = [window.n / n for window in windows]
    share = sum(w * one.share for w, one in zip(weights, windows, strict=True))
    down = sqrt(sum((w * (o.share - o.low)) ** 2 for w, o in zip(weights, windows, strict=True)))
    up = sqrt(sum((w * (o.high - o.share)) ** 2 for w, o in zip(weights, windows, strict=True)))
    return SmileShare(n=n, share=share, low=max(share - down, 0), high=min(share + up, 1))


def window_view(window: SmilesCounted) -> SmileWindowView:
    """One window as it may be shown."""
    return SmileWindowView(
        starts_at=window.window_from.astimezone(ZONE),
        minutes=window.minutes,
        n=window.n,
        share=window.share,
        low=window.low,
        high=window.high,
        calibrated=window.calibrated,
    )


def calibration_view(said: CameraCalibrated) -> SmileCalibrationView:
    """The calibration as it may be shown."""
    return SmileCalibrationView(
        n=said.n, n_bad=said.n_bad, auc=said.auc, low=said.low, high=said.high, used=said.used
    )
