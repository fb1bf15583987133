"""The demand model of an office on an area: its offices together, a week ahead."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from edge_models.demand.arrivals import SLOT_MIN, SLOTS, Arrivals
from edge_models.demand.forecast import DayForecast, forecast_days
from edge_models.demand.known_days import Calendar
from queue_server.hub.adapters.postgres_arrivals import AreaArrivals, Came
from queue_server.hub.contracts.demand_views import AreaDay, AreaDemand, AreaSlot

AHEAD_DAYS = 8
TOGETHER = ("all",)


def arrivals_of(came: Came) -> Arrivals:
    """Counts of an area's days on which anybody came."""
    days = sorted({day.toordinal() for day, _, _ in came})
    place = {day: row for row, day in enumerate(days)}
    counts = np.zeros((len(days), 1, SLOTS))
    for day, slot, number in came:
        counts[place[day.toordinal()], 0, slot] += number
    return Arrivals(TOGETHER, np.array(days, dtype=np.int64), counts)


def area_demand(one: AreaArrivals, today: date) -> AreaDemand:
    """What is expected from today on, from the days before, on weekdays on which anybody came."""
    days = [(today + timedelta(days=n)).toordinal() for n in range(AHEAD_DAYS)]
    history, calendar = arrivals_of(one.came), Calendar()
    said = forecast_days(history, days, calendar)
    worked = {day.weekday() for day, _, _ in one.came}
    first = said[0]
    score = first.scores.get(first.model)
    return AreaDemand(
        area=one.area,
        province=one.province,
        offices=one.offices,
        history_days=first.history_days,
        tried_days=first.tried_days,
        missed_day_share=None if score is None else round(score.day_share, 4),
        model="learned" if first.model == "learned" else "seasonal",
        days=[_day(d) for d in said if calendar.facts(d.day).weekday in worked and d.mean.any()],
    )


def _day(said: DayForecast) -> AreaDay:
    total = float(said.mean.sum())
    low, high = said.spread.total_interval(total)
    busy = np.flatnonzero(said.mean[0])
    return AreaDay(
        day=date.fromordinal(said.day),
        expected=round(total, 1),
        low=low,
        high=high,
        holiday=said.holiday,
        slots=[
            AreaSlot(
                at=f"{slot * SLOT_MIN // 60:02}:{slot * SLOT_MIN % 60:02}",
                expected=round(float(said.mean[0, slot]), 1),
                low=int(said.low[0, slot]),
                high=int(said.high[0, slot]),
            )
            for slot in range(busy[0], busy[-1] + 1)
        ],
    )
