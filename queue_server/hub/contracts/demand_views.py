"""How many people are expected in each area of a city in the coming days, and how sure that is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from queue_server.contracts.views import View


class AreaSlot(View):
    """One half hour; eight of ten days keep within `low` and `high`."""

    at: str = Field(description="When it begins, HH:MM in Vietnam")
    expected: float
    low: int
    high: int


class AreaDay(View):
    """A day to come; `holiday` is its English name, empty on other days."""

    day: date
    expected: float
    low: float
    high: float
    holiday: str
    slots: list[AreaSlot]


class AreaDemand(View):
    """One area: its offices together, from the days on which anybody came.

    `area` None: offices whose area nobody named. `missed_day_share` is the sum of the misses of
    whole days over all who came, on the `tried_days` of the last four weeks; None while none could
    be tried.
    """

    area: str | None
    province: str
    offices: int
    history_days: int
    tried_days: int
    missed_day_share: float | None
    model: Literal["seasonal", "learned"]
    days: list[AreaDay]


class CityDemand(View):
    """`GET /demand`; `made_at` None: it is being counted for the first time."""

    made_at: datetime | None
    areas: list[AreaDemand]
