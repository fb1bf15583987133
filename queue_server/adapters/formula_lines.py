"""Queue length times learned interval for every line: the formula that answers without a model."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from edge_models.wait.interval import IntervalForecast
from queue_server.adapters.office_events import Lines
from queue_server.use_cases.ports import Forecast, Standing

DEFAULT_MINUTES = 10.0
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - only differences of minutes of one day count


class IntervalLines:
    """The formula of each line; `minutes` are configured service minutes."""

    def __init__(self, minutes: dict[str, float]) -> None:
        self._lines = {service: IntervalForecast(mean) for service, mean in minutes.items()}
        self._waiting: dict[str, set[Hashable]] = {}

    def forecast(self, standing: Standing) -> Forecast:
        """Queue length times interval, or the mean service time."""
        line = self._line(standing.service)
        return Forecast(*line.forecast(standing.ahead, standing.counters_open))

    def arrive(self, ticket: Hashable, service: str, _at: float, _priority: float) -> None:
        """Somebody joins."""
        self._waiting.setdefault(service, set()).add(ticket)

    def call(self, ticket: Hashable, service: str, at: float, _counter: int) -> None:
        """Learn an interval; it counts only while others wait."""
        waiting = self._waiting.setdefault(service, set())
        if ticket in waiting:
            waiting.discard(ticket)
            self._line(service).learn_call(
                EPOCH + timedelta(minutes=at), others_waiting=bool(waiting)
            )

    def finish(self, ticket: Hashable, service: str, _at: float) -> None:
        """Somebody leaves the line."""
        self._waiting.setdefault(service, set()).discard(ticket)

    def open_counters(self, service: str, number: int) -> None:
        """The question says how many are open."""

    def _line(self, service: str) -> IntervalForecast:
        return self._lines.setdefault(service, IntervalForecast(DEFAULT_MINUTES))


@dataclass(frozen=True, slots=True)
class BothLines:
    """Formula and model follow the same events."""

    lines: tuple[Lines, ...]

    def arrive(self, ticket: Hashable, service: str, at: float, priority: float) -> None:
        """Somebody joins a line."""
        for each in self.lines:
            each.arrive(ticket, service, at, priority)

    def call(self, ticket: Hashable, service: str, at: float, counter: int) -> None:
        """Somebody is called."""
        for each in self.lines:
            each.call(ticket, service, at, counter)

    def finish(self, ticket: Hashable, service: str, at: float) -> None:
        """Somebody leaves."""
        for each in self.lines:
            each.finish(ticket, service, at)

    def open_counters(self, service: str, number: int) -> None:
        """So many counters serve this line now."""
        for each in self.lines:
            each.open_counters(service, number)
