"""The domain alone: a day of 3,000 tickets, and a choice among 10 and among 20,000."""

from __future__ import annotations

import sys
from statistics import median
from time import perf_counter

from queue_server.domain.calling_rule import choose
from tests.fakes.big_day import CITIZENS, BigDay, citizens
from tests.simulation.test_big_day import crowd

GOAL_S = 2.0
TRIES = 2_000


def test_day_of_three_thousand_tickets() -> None:
    people = citizens()
    seconds = []
    for _ in range(5):
        day = BigDay(people)
        start = perf_counter()
        day.play()
        seconds.append(perf_counter() - start)
    sys.stdout.write(
        f"\nday of {CITIZENS} tickets: median {median(seconds):.2f} s of 5 (goal {GOAL_S} s), "
        f"{len(day.events)} events, {len(day.events) / median(seconds):,.0f} events/s\n"
    )


def test_choice_with_ten_and_twenty_thousand_waiting() -> None:
    medians = {}
    for waiting in (10, 100, 20_000):
        play = crowd(waiting)
        took = []
        for _ in range(TRIES):
            start = perf_counter()
            choose(play.day, 2, play.at)
            took.append(perf_counter() - start)
        medians[waiting] = median(took) * 1e6
        sys.stdout.write(f"\nchoose, {waiting:>6} waiting: median {medians[waiting]:.1f} us")
    sys.stdout.write(f"\n20,000 against 100 waiting: {medians[20_000] / medians[100]:.2f} times\n")
