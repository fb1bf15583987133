"""Queue length times learned interval: the forecast that needs no trained model.

In a busy line the time from one call to the next is nearly the same for everybody behind it, so
the wait of somebody with `ahead` people before them is about `(ahead + 1) x interval`. The last
intervals of this line on this day are averaged; before there are enough of them the configured
service minutes divided by the open counters stand in. The spread treats the intervals as
exponential, so a sum of k of them is a gamma variable with mean k x i and variance k x i^2;
its 90 % point is taken by the Wilson-Hilferty approximation.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ENOUGH = 5
KEPT = 20
LONGEST = timedelta(minutes=60)
Z90 = 1.2816
LEARNED = "queue_length_x_interval"
CONFIGURED = "service_minutes"


@dataclass(slots=True)
class IntervalForecast:
    """Forecast for one waiting line; `service_min` is its configured mean service time."""

    service_min: float
    _intervals: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    _last_call: datetime | None = None
    _busy: bool = False

    def learn_call(self, at: datetime, *, others_waiting: bool) -> None:
        """A call happened. Its interval counts only if people were waiting all the while."""
        last = self._last_call
        if last is not None and self._busy and timedelta(0) < at - last <= LONGEST:
            self._intervals.append((at - last).total_seconds() / 60)
        self._last_call = at
        self._busy = others_waiting

    def interval(self, counters_open: int) -> tuple[float, str]:
        """Minutes between two calls and how that is known."""
        if len(self._intervals) >= ENOUGH:
            return sum(self._intervals) / len(self._intervals), LEARNED
        return self.service_min / max(1, counters_open), CONFIGURED

    def forecast(self, ahead: int, counters_open: int) -> tuple[float, float, str]:
        """Median and 90 % point of the wait in minutes, and the basis."""
        interval, basis = self.interval(counters_open)
        turns = ahead + 1
        mean = turns * interval
        return mean * _gamma_point(turns, 0.0), mean * _gamma_point(turns, Z90), basis


def _gamma_point(shape: int, z: float) -> float:
    """Wilson-Hilferty (1931): quantile of a gamma variable with mean 1 and this shape."""
    ninth = 1 / (9 * shape)
    return float((1 - ninth + z * ninth**0.5) ** 3)
