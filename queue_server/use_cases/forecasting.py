"""Asks the wait predictor about a line as it stands now."""

from __future__ import annotations

from queue_server.domain.office_day import OfficeDay
from queue_server.domain.waiting_time import open_counters
from queue_server.use_cases.ports import Forecast, WaitPredictor

FREE = "counter_free"


def forecast_now(predictor: WaitPredictor, day: OfficeDay, service: str, ahead: int) -> Forecast:
    """The wait of somebody with `ahead` people before them in this line now.

    With more free counters than people ahead nobody has to be waited for: the median is zero, and
    what the predictor takes for one turn stands as the bound.
    """
    counters = open_counters(day, service)
    free = sum(counter.ticket is None for counter in counters)
    if free > ahead:
        turn = predictor.forecast(service, 0, len(counters))
        return Forecast(0.0, turn.p50_min, FREE)
    return predictor.forecast(service, ahead, len(counters))
