"""What a manager sees of the coming hours: who is expected, and whether a counter should open."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from queue_server.contracts.views import View, Words


class DemandSlotView(View):
    """One half hour of today.

    People expected, with the bounds that eight of ten days keep; `came` are the tickets issued in
    it, so far where it is the present one, and None in the future.
    """

    at: str = Field(description="When it begins, HH:MM in the office's time")
    expected: float
    low: int
    high: int
    came: int | None


class ServiceDemandView(View):
    """The half hours of one service."""

    service: str
    name: Words
    expected: float = Field(description="Of the whole day, as forecast in the morning")
    came: int
    slots: list[DemandSlotView]


class DemandView(View):
    """Today's arrivals, forecast from the days before, and how far such forecasts were off.

    `missed_share` is the sum of all misses by service and half hour over all who came, on the
    `tried_days` of the last four weeks; None while none could be tried. `rest_factor` is how much
    busier today's rest is expected than the morning said, after those who came. Half hours to
    come are shown with it.
    """

    day: str
    model: Literal["seasonal", "learned"]
    missed_share: float | None
    missed_day_share: float | None
    tried_days: int
    history_days: int
    rest_factor: float
    holiday: str
    words: Words
    expected: float
    low: float
    high: float
    came: int
    slots: list[DemandSlotView]
    services: list[ServiceDemandView]


class OutlookView(View):
    """The next two hours: mean wait, and the share of simulated futures that keep the target."""

    mean_wait_min: float
    sure: float


class OpenCountersView(View):
    """Open these counters at `at`.

    `counters` are closed or paused ones; `extra` more have to be found that the office has not.
    """

    counters: list[int]
    extra: int
    service: str
    service_name: Words
    at: str = Field(description="HH:MM in the office's time")


class PoolView(View):
    """Erlang C for services that share open counters: the first answer and the check.

    `wait_min` is None while more people come than these counters can ever serve.
    """

    services: list[str]
    counters: int
    wait_min: float | None
    needed: int
    wait_then_min: float | None


class AdviceView(View):
    """The simulation's advice: the smallest thing to do, and what it would change.

    `action` is None when nothing is needed or nothing helps; `reaches` says whether the target is
    kept in eight of ten futures, with the action where there is one. `arrivals` says where the
    people to come are from: the forecast of the day, or, in an office without earlier days, the
    people of today so far in the shape of a usual day.
    """

    at: datetime = Field(description="The moment that was simulated from")
    words: Words
    reaches: bool
    now: OutlookView
    action: OpenCountersView | None
    then: OutlookView | None
    runs: int
    took_s: float
    arrivals: Literal["forecast", "today"]


class PlanningView(View):
    """`GET /planning`.

    `first` is Erlang C for this very moment; `advice` comes from the simulation a little later
    and is None before the first one, outside the sessions, and while every counter is closed:
    `no_advice` says why. `demand` is None until the store was read, and where no earlier day is
    known.
    """

    at: datetime
    target_min: float
    demand: DemandView | None
    first: list[PoolView]
    advice: AdviceView | None
    no_advice: Words | None
