"""The office day as the staffing simulation sees it, and what the board is told of today."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from edge_models.demand.arrivals import SLOTS, Arrivals
from edge_models.demand.forecast import DayForecast, forecast_day
from edge_models.demand.known_days import Calendar
from edge_models.staffing.advise import Action, Advice, Outcome
from edge_models.staffing.live_state import Waiting
from queue_server.adapters.demand_views import demand_view
from queue_server.adapters.office_events import minute_of
from queue_server.adapters.office_moment import Habits, came_by_half_hour, moment, rest_factor
from queue_server.adapters.planning_words import advice_words
from queue_server.adapters.store_visits import ServiceTimes
from queue_server.adapters.usual_day import as_usual
from queue_server.contracts.views import Words
from queue_server.domain import commands as c
from queue_server.domain.office import Policy, PriorityUse, ProfileEntry
from queue_server.domain.ticket import PriorityClass
from tests.fakes.office_days import DAY, OFFICE, DayPlay, counter, office

MINUTES = {"a": 5.0, "b": 8.0}


def test_people_counters_and_service_times_are_those_of_the_day() -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=2))
    play.issue("a")
    play.call(1)
    play.at_counter(c.Start)
    play.later(minutes=4)
    play.issue("b", PriorityClass.AGE_60)
    play.later(minutes=6)

    state = moment(play.day, play.at, Habits(MINUTES, {"b": ServiceTimes(9.0, 0.8, 40)}))

    assert state.at == 490
    assert state.sessions == ((420, 660), (780, 1020))
    assert [(line.minutes, line.cv) for line in state.lines] == [(5, 0.6), (9, 0.8), (10, 0.6)]
    assert state.waiting == (Waiting(1, 1, 6.0),)
    first, second, third, _ = state.desks
    assert (first.busy_line, first.busy_min) == (0, 10.0)
    assert (second.open, second.busy_line, second.tiers) == (True, None, ((0, 1),))
    assert not third.open
    assert state.guard == 30


def test_who_came_before_the_doors_open_begins_to_wait_there() -> None:
    play = DayPlay(at=DayPlay().at.replace(hour=6, minute=50))
    play.issue("a")
    (waiting,) = moment(play.day, play.at, Habits(MINUTES)).waiting
    assert waiting.waited == -10


def test_without_earlier_days_the_people_so_far_come_on_in_the_shape_of_a_usual_day() -> None:
    play = DayPlay()
    for _ in range(30):
        play.issue("a")
    state = moment(play.day, play.at, Habits(MINUTES))
    # By eight three tenths of a usual day have come, in the next hour 0.22 of it do.
    assert state.expected(0, 60) == pytest.approx(22)
    assert state.expected(1, 60) == 0
    assert state.arrivals[0][23] == 0
    assert sum(state.arrivals[0]) == pytest.approx(100)


def test_a_usual_day_fits_any_sessions_and_is_not_judged_by_its_first_minutes() -> None:
    came = np.zeros((1, SLOTS))
    came[0, 15] = 6
    sessions = ((450.0, 690.0), (810.0, 1050.0))
    early = as_usual(came, 450, sessions)
    assert early.sum() == pytest.approx(6 / 0.15)
    assert early[0, 15] == pytest.approx(0.16 * early.sum())
    assert early[0, 23:27].sum() == 0


def test_rules_and_profiles_become_turns_and_tiers() -> None:
    made = office(
        counter(1, ProfileEntry("b", order=1), "a", priority=PriorityUse.DEDICATED),
        counter(2, "c", priority=PriorityUse.PREFERRED),
        priority_turns=3,
    )
    first, second = moment(DayPlay(made).day, DayPlay(made).at, Habits(MINUTES)).desks
    assert (first.tiers, first.turns, first.only_urgent) == (((0,), (1,)), (3, 1), True)
    assert second.turns == (1, 0)
    fifo = DayPlay(office(policy=Policy.FIFO))
    fifo.issue("a", PriorityClass.AGE_80)
    state = moment(fifo.day, fifo.at, Habits(MINUTES))
    assert state.priority == 0
    assert state.waiting[0].priority == 0


@pytest.fixture(scope="module")
def demand() -> DayForecast:
    """Ten people for service a from eight to nine on every working day of six weeks."""
    start = DAY - timedelta(days=42)
    days = [start + timedelta(days=n) for n in range(42)]
    worked = [day.toordinal() for day in days if day.weekday() < 5]
    counts = np.zeros((len(worked), 2, SLOTS))
    counts[:, 0, 16:18] = 5
    known = Arrivals(("a", "b"), np.array(worked, dtype=np.int64), counts)
    return forecast_day(known, DAY.toordinal(), Calendar())


def test_the_board_is_told_who_came_beside_who_was_expected(demand: DayForecast) -> None:
    play = DayPlay()
    for _ in range(9):
        play.issue("a")
    play.later(minutes=10)
    came = came_by_half_hour(OFFICE, play.day.tickets.values())
    view = demand_view(demand, OFFICE, came, minute_of(play.at))
    assert view is not None
    assert view.expected == pytest.approx(10, abs=1)
    assert view.came == 9
    assert view.rest_factor > 1
    now, coming = view.slots
    assert (now.at, now.came, coming.at, coming.came) == ("08:00", 9, "08:30", None)
    assert coming.expected > now.expected
    assert [service.came for service in view.services] == [9, 0, 0]
    assert "Dự kiến hôm nay" in view.words.vi


def test_as_many_as_expected_change_nothing(demand: DayForecast) -> None:
    came = np.round(demand.mean)
    assert rest_factor(demand, came, 24 * 60) == pytest.approx(1, abs=0.02)


def test_without_any_day_there_is_no_demand_to_show() -> None:
    nothing = Arrivals(("a",), np.array([], dtype=np.int64), np.zeros((0, 1, SLOTS)))
    demand = forecast_day(nothing, date(2026, 5, 12).toordinal(), Calendar())
    assert demand_view(demand, OFFICE, np.zeros((3, SLOTS)), 500) is None


def test_the_advice_is_one_sentence_a_manager_can_act_on() -> None:
    names = [Words(vi="Chứng thực", en="Certification")]
    counters = {4: Words(vi="Quầy 4", en="Counter 4")}
    do = Advice(Outcome(22.4, 0.1), Action(0, (4,), 570), Outcome(12.9, 0.8), 200, 9)
    assert advice_words(do, names, counters) == Words(
        vi="Mở thêm một quầy (Quầy 4) cho Chứng thực lúc 09:30: chờ trung bình 22 → 13 phút, "
        "khả năng đạt mục tiêu 80 %",
        en="Open one more counter (Counter 4) for Certification at 09:30: "
        "mean wait 22 → 13 min, 80 % likely to keep the target",
    )
    short = Advice(Outcome(60, 0), Action(0, (0, 0), 570), Outcome(40, 0), 200, 9)
    assert (
        "two more counters (more than there are) for Certification"
        in advice_words(short, names, counters).en
    )
    assert "vẫn chưa đạt mục tiêu" in advice_words(short, names, counters).vi
    enough = Advice(Outcome(4, 0.97), None, None, 200, 0)
    assert "đủ" in advice_words(enough, names, counters).vi
    nothing = Advice(Outcome(40, 0), None, None, 200, 9)
    assert "would not help" in advice_words(nothing, names, counters).en
    assert math.isfinite(nothing.now.wait)
