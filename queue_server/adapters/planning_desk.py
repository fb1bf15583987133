"""Keeps what is known of the coming hours: habits read once a day, the newest advice, both shown.

The simulation runs in a child process; one at a time. Erlang C is computed whenever somebody looks.
"""

from __future__ import annotations

import logging
import math
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from edge_models.demand.forecast import forecast_day
from edge_models.demand.known_days import Calendar
from edge_models.staffing.advise import IMAGINED, Advice
from edge_models.staffing.first_answer import Pool, first_answer
from edge_models.staffing.live_state import LiveState
from edge_models.staffing.wire import advice_from_json, state_to_json
from queue_server.adapters.demand_views import demand_view
from queue_server.adapters.office_events import minute_of
from queue_server.adapters.office_moment import Habits, came_by_half_hour, moment
from queue_server.adapters.planning_words import advice_words, clock
from queue_server.adapters.store_visits import read_visits
from queue_server.contracts.planning_views import (
    AdviceView,
    OpenCountersView,
    OutlookView,
    PlanningView,
    PoolView,
)
from queue_server.contracts.views import Words
from queue_server.domain.counter_now import CounterState
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay
from queue_server.use_cases.live_office import LiveOffice

log = logging.getLogger(__name__)

WITHIN_S = 30.0
FRESH_S = 10.0
NOT_YET = Words(vi="Đang tính lời khuyên đầu tiên", en="The first advice is being computed")
CLOSED = Words(vi="Ngoài giờ tiếp nhận", en="The office is closed now")
NO_COUNTER = Words(vi="Chưa có quầy nào mở", en="No counter is open")
FAILED = Words(vi="Không mô phỏng được lúc này", en="The simulation failed; it is tried again")


class PlanningDesk:
    """`minutes` are the configured service times; `target_min` is the mean wait aimed at."""

    def __init__(
        self,
        store: Path,
        live: LiveOffice,
        minutes: Mapping[str, float],
        target_min: float,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._live = live
        self._habits = Habits(minutes)
        self._habits_of: date | None = None
        self._target = target_min
        self._steady = steady
        self._advice: AdviceView | None = None
        self._one_at_a_time = Lock()
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False
        self._no_advice: Words | None = NOT_YET
        self._old_s = -math.inf

    # -- for who looks ----------------------------------------------------------------------

    def view(self, at: datetime) -> PlanningView:
        """What is known now; Erlang C for this very moment."""
        with self._live.look() as day:
            office, today = day.office, day.day
            state = moment(day, at, self._habits)
            came = came_by_half_hour(office, day.tickets.values())
        demand = self._habits.demand if self._habits_of == today else None
        advice = self._advice
        if advice is not None and advice.at.date() != at.date():
            advice = None
        return PlanningView(
            at=at,
            target_min=self._target,
            demand=demand_view(demand, office, came, minute_of(at)) if demand else None,
            first=[_pool_view(pool, office) for pool in first_answer(state, self._target)],
            advice=advice,
            no_advice=None if advice is not None else self._no_advice or NOT_YET,
        )

    def advise(self, at: datetime) -> None:
        """Simulate from this moment, unless that was just done."""
        with self._one_at_a_time:
            if self._steady() < self._old_s:
                return
            with self._live.look() as day:
                office = day.office
                self._no_advice = _why_not(day, at)
                state = moment(day, at, self._habits)
            began = self._steady()
            advice = self._simulate(state) if self._no_advice is None else None
            took = self._steady() - began
            known = self._habits.demand is not None
            self._advice = _advice_view(advice, at, office, took, known=known) if advice else None
            if advice is not None:
                self._old_s = self._steady() + FRESH_S

    # -- for who keeps it fresh -------------------------------------------------------------

    def learn(self, today: date) -> bool:
        """Read what the days before teach, once a day; whether anything is new.

        Raises:
            StoreUnavailable: the store cannot be read.
        """
        if self._habits_of == today:
            return False
        with self._live.look() as day:
            services = list(day.office.services)
        visits = read_visits(self._store, services, today)
        known = len(visits.arrivals) > 0
        demand = forecast_day(visits.arrivals, today.toordinal(), Calendar()) if known else None
        self._habits = Habits(self._habits.minutes, visits.times, visits.no_show, demand)
        self._habits_of = today
        return True

    def stop(self) -> None:
        """End a simulation that runs, and begin none."""
        self._stopped = True
        child = self._child
        if child is not None and child.poll() is None:
            child.kill()

    def _simulate(self, state: LiveState) -> Advice | None:
        if self._stopped:
            return None
        command = [sys.executable, "-m", "edge_models.staffing", str(self._target)]
        try:
            with subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            ) as child:
                self._child = child
                try:
                    answer, _ = child.communicate(state_to_json(state), WITHIN_S)
                except BaseException:
                    child.kill()
                    raise
            return advice_from_json(answer)
        except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError) as error:
            if not self._stopped:
                log.warning("the staffing simulation failed: %s", type(error).__name__)
            self._no_advice = FAILED
            return None


def _why_not(day: OfficeDay, at: datetime) -> Words | None:
    if not day.office.hours.is_open(at):
        return CLOSED
    if not any(day.counters[n].state is CounterState.OPEN for n in day.office.counters):
        return NO_COUNTER
    return None


def _pool_view(pool: Pool, office: Office) -> PoolView:
    services = list(office.services)
    return PoolView(
        services=[services[line] for line in pool.lines],
        counters=pool.counters,
        wait_min=_rounded(pool.wait),
        needed=pool.needed,
        wait_then_min=_rounded(pool.wait_then),
    )


def _rounded(minutes: float | None) -> float | None:
    return round(minutes, 1) if minutes is not None else None


def _advice_view(
    advice: Advice, at: datetime, office: Office, took: float, *, known: bool
) -> AdviceView:
    services = list(office.services.values())
    names = [Words(vi=each.name_vi, en=each.name_en) for each in services]
    counters = {n: Words(vi=c.name_vi, en=c.name_en) for n, c in office.counters.items()}
    action = advice.action
    return AdviceView(
        at=at,
        words=advice_words(advice, names, counters),
        reaches=advice.reaches,
        now=OutlookView(mean_wait_min=round(advice.now.wait, 1), sure=advice.now.sure),
        action=OpenCountersView(
            counters=[number for number in action.counters if number != IMAGINED],
            extra=action.counters.count(IMAGINED),
            service=services[action.line].id,
            service_name=names[action.line],
            at=clock(action.at),
        )
        if action is not None
        else None,
        then=OutlookView(mean_wait_min=round(advice.then.wait, 1), sure=advice.then.sure)
        if advice.then is not None
        else None,
        runs=advice.runs,
        took_s=round(took, 2),
        arrivals="forecast" if known else "today",
    )
