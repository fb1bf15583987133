"""The interval forecast: learned from busy lines only, and honest about its spread."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from edge_models.wait.interval import CONFIGURED, ENOUGH, LEARNED, IntervalForecast

START = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_before_it_has_learned_the_configured_minutes_answer() -> None:
    line = IntervalForecast(service_min=12)
    p50, p90, basis = line.forecast(ahead=3, counters_open=2)
    assert basis == CONFIGURED
    assert p50 < 4 * 12 / 2 < p90
    assert line.forecast(3, 0)[0] > p50


def test_it_learns_the_interval_of_a_busy_line() -> None:
    line = IntervalForecast(service_min=12)
    for n in range(ENOUGH + 1):
        line.learn_call(START + timedelta(minutes=5 * n), others_waiting=True)
    p50, p90, basis = line.forecast(ahead=9, counters_open=1)
    assert basis == LEARNED
    assert 45 < p50 <= 50
    assert p50 < p90 < 90


def test_idle_times_and_nights_teach_nothing() -> None:
    line = IntervalForecast(service_min=12)
    for n in range(20):
        line.learn_call(START + timedelta(minutes=30 * n), others_waiting=False)
    line.learn_call(START + timedelta(days=1), others_waiting=True)
    line.learn_call(START + timedelta(days=2), others_waiting=True)
    assert line.forecast(1, 1)[2] == CONFIGURED


@pytest.mark.parametrize("ahead", [0, 3, 12])
def test_the_bound_holds_nine_times_of_ten_when_its_assumption_does(ahead: int) -> None:
    random_ = random.Random(7)
    p50, p90, _ = IntervalForecast(service_min=10).forecast(ahead, counters_open=2)
    waits = [sum(random_.expovariate(1 / 5) for _ in range(ahead + 1)) for _ in range(20_000)]
    under = [sum(w <= bound for w in waits) / len(waits) for bound in (p50, p90)]
    assert under == pytest.approx([0.5, 0.9], abs=0.02)
