"""Staffing advice: the simulator from this moment on is the day simulator, and acts sparingly."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_models.simulator.arrivals import draw_arrivals
from edge_models.simulator.day import simulate_day
from edge_models.simulator.erlang import mean_wait as erlang_wait
from edge_models.simulator.office import Line, Office
from edge_models.staffing.advise import ENOUGH, advise, start_times
from edge_models.staffing.first_answer import first_answer, pools
from edge_models.staffing.live_day import Opened, People, draw_people, mean_wait, play
from edge_models.staffing.live_state import Desk, LiveState
from edge_models.staffing.wire import advice_from_json, state_from_json, state_to_json
from tests.simulation.staffing_scenes import SESSIONS, crowded_centre, morning

OFFICE = Office(
    (Line("CT", 0.7, 8, 0.7), Line("HT", 0.3, 15, 0.6)),
    ((0, 1), (0, 1), (0,)),
    visits=120,
    before_opening=0,
    monday=1,
    daily_cv=0,
    impatient=0,
    bulk=0,
    break_share=0,
    overtime=30,
    late_lunch=30,
    guard=30,
)


def at_opening(office: Office) -> LiveState:
    """The live state of that office, empty, when the doors open."""
    desks = tuple(Desk(n + 1, (served,), open=True) for n, served in enumerate(office.counters))
    total = sum(office.half_hours.values())
    arrivals = tuple(
        tuple(
            office.visits * line.share * office.half_hours.get(30 * slot, 0) / total
            for slot in range(48)
        )
        for line in office.lines
    )
    return LiveState(420, office.lines, SESSIONS, (), desks, arrivals, day_cv=0, guard=office.guard)


@given(
    arrivals=st.floats(0.5, 80),
    service=st.floats(1, 40),
    counters=st.integers(1, 40),
)
def test_another_counter_never_makes_erlang_c_worse(
    arrivals: float, service: float, counters: int
) -> None:
    fewer, more = (erlang_wait(arrivals, service, c) for c in (counters, counters + 1))
    assert more <= fewer
    if math.isfinite(fewer):
        assert more < fewer or fewer < 1e-9
        assert erlang_wait(arrivals * 0.9, service, counters) <= fewer


def test_an_empty_start_plays_exactly_the_day_of_the_day_simulator() -> None:
    """The same people, with no counter yet busy: every call at the same instant and counter."""
    for seed in range(5):
        day = simulate_day(OFFICE, 1, Random(seed))
        people = draw_arrivals(OFFICE, 1, Random(seed))
        live = play(at_opening(OFFICE), People(people, [-math.inf] * len(OFFICE.counters)))
        assert len(day) > 80
        for one, other in zip(day, live, strict=True):
            assert (one.arrived, one.counter, one.outcome) == (
                other.arrived,
                other.counter,
                other.outcome,
            )
            assert one.called == other.called or math.isnan(one.called) == math.isnan(other.called)


def test_an_empty_start_waits_as_long_as_simulated_days_do() -> None:
    """Drawn in its own way, from expected half hours: the same mean within its error."""
    state = at_opening(OFFICE)
    state = replace(state, priority=OFFICE.priority, no_show=OFFICE.no_show)
    whole = [play(state, draw_people(state, Random(f"l{n}"), 600)) for n in range(150)]
    live = np.array([mean_wait(state, tickets) for tickets in whole])
    days = np.array(
        [mean_wait(state, simulate_day(OFFICE, 1, Random(f"d{n}"))) for n in range(150)]
    )
    margin = 2.8 * math.sqrt((live.var(ddof=1) + days.var(ddof=1)) / 150)
    assert abs(live.mean() - days.mean()) < margin
    assert margin < 0.3 * days.mean()


def test_people_who_wait_stand_before_those_who_come() -> None:
    state = replace(morning(waiting=12), guard=math.inf, priority=0.0)
    state = replace(state, waiting=tuple(replace(w, priority=0, line=0) for w in state.waiting))
    tickets = play(state, draw_people(state, Random(1)))
    called = sorted((t for t in tickets if t.line == 0), key=lambda t: t.called)
    assert [t.number for t in called[:12]] == sorted(t.number for t in called)[:12]
    assert all(t.called >= state.at for t in tickets)


def test_a_service_that_goes_on_keeps_its_counter() -> None:
    state = morning()
    for run in range(30):
        people = draw_people(state, Random(run))
        assert all(free > state.at for free in people.free_at[:3])
        busy = dict(enumerate(people.free_at[:3]))
        for ticket in play(state, people):
            if ticket.counter in busy:
                assert ticket.called >= busy[ticket.counter]


def test_more_counters_never_wait_longer_on_the_same_futures() -> None:
    state = morning()
    spare = [desk for desk in state.desks if not desk.open]
    means = []
    for count in range(4):
        opened = [Opened(desk, 555.0) for desk in spare[:count]]
        waits = [
            mean_wait(state, play(state, draw_people(state, Random(run)), opened))
            for run in range(60)
        ]
        means.append(float(np.mean(waits)))
    assert means == sorted(means, reverse=True)
    assert means[0] > means[3] + 5


def test_a_seed_gives_the_same_advice() -> None:
    assert advise(morning(), seed=4) == advise(morning(), seed=4)


def test_enough_counters_need_nothing() -> None:
    advice = advise(morning(waiting=2, open_counters=6))
    assert advice.action is None
    assert advice.reaches
    assert advice.runs == 200


def test_one_counter_is_preferred_and_opened_as_late_as_is_enough() -> None:
    advice = advise(morning(waiting=8, open_counters=4, half_hour=8.5))
    assert advice.action is not None
    assert len(advice.action.counters) == 1
    assert advice.then is not None
    assert advice.then.sure >= ENOUGH > advice.now.sure
    assert advice.then.wait < advice.now.wait
    later = [at for at in start_times(morning()) if at > advice.action.at]
    state = morning(waiting=8, open_counters=4, half_hour=8.5)
    desk = state.desks[advice.action.counters[0] - 1]
    for at in later:
        futures = [draw_people(state, Random(f"1/{run}")) for run in range(200)]
        kept = [mean_wait(state, play(state, f, [Opened(desk, at)])) <= 15 for f in futures]
        assert np.mean(kept) < ENOUGH, "a later start would have been enough"


def test_two_counters_where_one_is_not_enough() -> None:
    advice = advise(morning(waiting=10, open_counters=3, half_hour=6.0))
    assert advice.action is not None
    assert len(advice.action.counters) == 2
    assert advice.reaches


def test_what_is_not_enough_is_said() -> None:
    advice = advise(morning(waiting=60, open_counters=2, half_hour=12))
    assert advice.action is not None
    assert not advice.reaches
    assert advice.then is not None
    assert advice.then.wait < advice.now.wait


def test_a_counter_that_nobody_has_is_number_nought() -> None:
    advice = advise(morning(waiting=10, open_counters=3, counters=3))
    assert advice.action is not None
    assert set(advice.action.counters) == {0}


def test_a_line_that_no_open_counter_serves_is_served_by_the_advice() -> None:
    state = morning(waiting=3, open_counters=6, half_hour=3)
    desks = (*(replace(d, tiers=((0, 1),)) for d in state.desks[:5]), Desk(6, ((2,),), open=False))
    advice = advise(replace(state, desks=desks))
    assert advice.action is not None
    assert advice.action.counters == (6,)
    assert advice.action.line == 2


def test_opening_at_lunch_means_after_lunch() -> None:
    assert start_times(morning(at=655.0)) == [780.0]
    assert start_times(morning(at=400.0))[0] == 420.0
    assert start_times(morning(at=1100.0)) == []


def test_after_closing_and_without_anybody_nothing_is_advised() -> None:
    assert advise(morning(waiting=0, half_hour=0)).action is None
    assert advise(morning(waiting=4, at=1100.0)).action is None


def test_a_crowded_centre_gets_fewer_futures_not_a_late_answer() -> None:
    advice = advise(crowded_centre())
    assert advice.runs >= 40
    assert advice.action is not None
    assert len(advice.action.counters) == 2


def test_erlang_c_answers_for_each_group_of_lines() -> None:
    state = morning(open_counters=2)
    apart = replace(
        state,
        desks=(Desk(1, ((0,),), open=True), Desk(2, ((1, 2),), open=True)),
    )
    assert pools(apart) == [(0,), (1, 2)]
    assert pools(state) == [(0, 1, 2)]
    (pool,) = first_answer(state, 15.0)
    assert pool.counters == 2
    assert pool.wait is None, "unstable with two"
    assert pool.wait_then is not None
    assert pool.wait_then <= 15
    assert pool.needed > 2
    empty = replace(state, waiting=(), arrivals=())
    assert first_answer(empty, 15.0)[0].needed == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_counter_helps_in_later_lines_only_while_its_own_are_empty(
    order: tuple[int, ...],
) -> None:
    state = replace(morning(waiting=12, open_counters=1, counters=1, half_hour=0), guard=math.inf)
    desk = Desk(1, tuple((line,) for line in order), open=True)
    tickets = play(state, draw_people(replace(state, desks=(desk,)), Random(2)))
    state = replace(state, desks=(desk,))
    tickets = play(state, draw_people(state, Random(2)))
    last_own = max(t.called for t in tickets if t.line == order[0])
    first_other = min(t.called for t in tickets if t.line == order[1])
    assert last_own < first_other


@pytest.mark.parametrize("state", [morning(), replace(morning(), guard=math.inf)])
def test_a_process_of_its_own_says_the_same(state: LiveState) -> None:
    assert state_from_json(state_to_json(state)) == state
    asked = subprocess.run(
        [sys.executable, "-m", "edge_models.staffing", "15"],
        input=state_to_json(state),
        capture_output=True,
        text=True,
        check=True,
    )
    assert advice_from_json(asked.stdout) == advise(state)
