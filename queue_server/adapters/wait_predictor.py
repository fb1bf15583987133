"""The wait predictor of the server: one interval forecast for each service."""

from __future__ import annotations

from datetime import datetime

from edge_models.wait.interval import IntervalForecast
from queue_server.use_cases.ports import Forecast

DEFAULT_MINUTES = 10.0


class IntervalPredictor:
    """Answers from what the lines did today; `minutes` are configured service minutes."""

    def __init__(self, minutes: dict[str, float]) -> None:
        self._lines = {service: IntervalForecast(mean) for service, mean in minutes.items()}

    def forecast(self, service: str, ahead: int, counters_open: int) -> Forecast:
        """The wait of somebody with `ahead` people before them."""
        p50, p90, basis = self._line(service).forecast(ahead, counters_open)
        return Forecast(p50, p90, basis)

    def learn_call(self, service: str, at: datetime, *, others_waiting: bool) -> None:
        """A ticket of this service was called."""
        self._line(service).learn_call(at, others_waiting=others_waiting)

    def _line(self, service: str) -> IntervalForecast:
        return self._lines.setdefault(service, IntervalForecast(DEFAULT_MINUTES))
