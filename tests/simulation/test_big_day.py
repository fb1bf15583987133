"""A day of 3,000 tickets: nobody is lost, priority people wait little, nobody starves."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta
from statistics import mean
from typing import Any

import pytest

from queue_server.domain import calling_rule
from queue_server.domain import commands as c
from queue_server.domain.calling_rule import choose
from queue_server.domain.office import DEFAULT_LIMIT, Policy
from queue_server.domain.ticket import PriorityClass, TicketState
from queue_server.domain.waiting_time import wait_s
from tests.fakes.big_day import CITIZENS, OVERLOADED_S, SEVEN, BigDay, Citizen, citizens
from tests.fakes.office_days import DayPlay, office
from tests.simulation.invariants import check

NORMAL = PriorityClass.NORMAL
LIMIT_MIN = DEFAULT_LIMIT.total_seconds() / 60


@pytest.fixture(scope="module")
def people() -> list[Citizen]:
    return citizens()


@pytest.fixture(scope="module")
def weighted(people: list[Citizen]) -> BigDay:
    return BigDay(people).play()


@pytest.fixture(scope="module")
def fifo(people: list[Citizen]) -> BigDay:
    return BigDay(people, policy=Policy.FIFO).play()


def waits_s(played: BigDay, *, priority: bool) -> list[float]:
    day = played.day
    return [
        waited
        for ticket in day.tickets.values()
        if (ticket.priority is not NORMAL) is priority
        and (waited := wait_s(day.office, ticket)) is not None
    ]


def test_nobody_is_lost(weighted: BigDay) -> None:
    check(weighted.day, weighted.events)
    ends = Tally(ticket.state for ticket in weighted.day.tickets.values())
    assert ends.total() == CITIZENS
    assert set(ends) == {TicketState.FINISHED, TicketState.NO_SHOW}
    assert ends[TicketState.NO_SHOW] == pytest.approx(0.04 * CITIZENS, rel=0.3)


def test_the_day_is_busy_enough_to_show_something(fifo: BigDay) -> None:
    assert mean(waits_s(fifo, priority=False)) > 5 * 60


def test_priority_people_wait_less_than_four_minutes(weighted: BigDay, fifo: BigDay) -> None:
    assert mean(waits_s(weighted, priority=True)) < 4 * 60
    assert mean(waits_s(fifo, priority=True)) > 5 * 60


def longest_min(played: BigDay) -> float:
    return max(waits_s(played, priority=False)) / 60


def test_nobody_waits_past_the_limit_where_the_load_allows_it(weighted: BigDay) -> None:
    assert longest_min(weighted) <= LIMIT_MIN


@pytest.mark.parametrize("policy", [Policy.WEIGHTED, Policy.STRICT])
def test_under_overload_nobody_waits_much_longer_than_in_one_line(policy: Policy) -> None:
    """What the load makes unavoidable is the longest wait when all stand in one order."""
    people = citizens(OVERLOADED_S)
    unavoidable = longest_min(BigDay(people, policy=Policy.FIFO).play())
    assert unavoidable > 2 * LIMIT_MIN
    assert longest_min(BigDay(people, policy=policy).play()) < unavoidable * 1.1


def test_the_guard_is_what_protects_normal_people_from_strict_priority() -> None:
    people = citizens(priority=0.5)
    guarded = BigDay(people, policy=Policy.STRICT).play()
    bare = BigDay(people, policy=Policy.STRICT, default_limit=timedelta(hours=24)).play()
    assert longest_min(guarded) < LIMIT_MIN + 5
    assert longest_min(bare) > LIMIT_MIN + 10


def crowd(waiting: int) -> DayPlay:
    """`waiting` people in the lines of all services and classes."""
    play = DayPlay(office(policy=Policy.WEIGHTED), at=SEVEN)
    classes = [*PriorityClass, *[NORMAL] * 20]
    for i in range(waiting):
        play.at += timedelta(milliseconds=100)
        play.do(
            c.IssueTicket(
                ticket=f"t{i}",
                follow_code=f"t{i}",
                service="abc"[i % 3],
                priority=classes[i // 3 % len(classes)],
            )
        )
    return play


def looked_at(play: DayPlay, number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many tickets the rule weighs to choose one."""
    looks = 0

    class Counted(calling_rule.Candidate):
        def __init__(self, *args: Any) -> None:
            nonlocal looks
            looks += 1
            super().__init__(*args)

    with monkeypatch.context() as patched:
        patched.setattr(calling_rule, "Candidate", Counted)
        assert choose(play.day, number, play.at) is not None
    return looks


def test_a_choice_among_twenty_thousand_weighs_only_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = crowd(200), crowd(20_000)
    for number, services in ((1, 1), (2, 2)):
        heads = services * len(PriorityClass)
        assert looked_at(few, number, monkeypatch) == heads
        assert looked_at(many, number, monkeypatch) == heads
