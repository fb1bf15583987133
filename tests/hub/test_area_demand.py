"""Who is expected in an area: its offices together, by the model that an office has."""

from __future__ import annotations

from datetime import date

import pytest

from edge_models.demand.forecast import forecast_day
from edge_models.demand.known_days import Calendar
from queue_server.hub.adapters.area_demand import area_demand, arrivals_of
from queue_server.hub.adapters.postgres_arrivals import AreaArrivals, arrivals
from tests.hub.made_up_arrivals import TODAY, WEEKS, settle

pytestmark = pytest.mark.hub


async def test_an_area_is_forecast_from_all_its_offices_together(dsn: str) -> None:
    await settle(dsn)
    north, nowhere = await arrivals(dsn, TODAY)
    assert (north.area, north.offices, nowhere.area, nowhere.offices) == ("Bắc", 2, None, 1)
    assert sum(number for _, _, number in north.came) == WEEKS * (3 * 60 + 4 * 3 * 30)
    said = area_demand(north, TODAY)
    assert (said.history_days, said.tried_days) == (5 * WEEKS, 20)
    days = {one.day: one for one in said.days}
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
    monday, thursday = days[date(2026, 5, 25)], days[date(2026, 5, 21)]
    assert monday.expected > 1.5 * thursday.expected
    assert thursday.low <= 90 <= thursday.high
    assert (thursday.slots[0].at, thursday.slots[-1].at) == ("07:00", "10:30")
    busiest = max(thursday.slots, key=lambda slot: slot.expected)
    assert busiest.at in {"09:00", "09:30"}
    alone = forecast_day(arrivals_of(north.came), TODAY.toordinal(), Calendar())
    assert days[TODAY].expected == pytest.approx(float(alone.mean.sum()), abs=0.1)


async def test_without_a_past_nothing_is_forecast(dsn: str) -> None:
    said = area_demand(AreaArrivals(None, "92", 3, ()), TODAY)
    assert (said.days, said.missed_day_share, said.history_days) == ([], None, 0)
    assert await arrivals(dsn, TODAY) == []
