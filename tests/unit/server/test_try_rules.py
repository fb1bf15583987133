"""A past day is read back from its events and played again with other rules, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.domain import commands as c
from queue_server.domain.office import Office, Policy, PriorityUse
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases import replay_shelf
from queue_server.use_cases.board import Targets
from queue_server.use_cases.past_day import CAME_AT_ONCE_S, PastDay, past_day, with_priority
from queue_server.use_cases.rule_choices import choices, sentence, spare_counter
from queue_server.use_cases.try_rules import RuleFigures, as_it_was, try_rules
from tests.fakes.event_file import write_events
from tests.fakes.office_days import DAY, EIGHT, DayPlay, counter, office

AGED = PriorityClass.AGE_60
ONE = office(counter(1, "a"), policy=Policy.FIFO)


def after(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def lone_clerk(people: list[tuple[float, float, PriorityClass]]) -> PastDay:
    """Played by the domain: people (comes, takes, class) in order; the clerk calls at once."""
    play = DayPlay(ONE)
    play.do(c.OpenCounter(counter=1))
    free, acts = 0.0, []
    for comes, takes, priority in people:
        begin = max(comes, free)
        free = begin + takes
        acts += [(comes, 1, ("issue", priority)), (begin, 2, ("call", 1)), (free, 0, ("end", 1))]
    for minute, _, (what, about) in sorted(acts, key=lambda act: act[:2]):
        play.at = after(minute)
        if what == "issue":
            play.issue("a", PriorityClass(about))
        elif what == "call":
            play.serve()
        else:
            play.do(c.Finish(counter=1))
    play.do(c.CloseCounter(counter=1))
    return past_day(DAY, play.events)


NORMAL = PriorityClass.NORMAL
THREE = [(0.0, 20.0, NORMAL), (1.0, 10.0, NORMAL), (2.0, 10.0, AGED)]


def test_the_day_is_read_back() -> None:
    past = lone_clerk(THREE)
    assert [visit.taken_s for visit in past.visits] == [1200, 600, 600]
    assert [(shift.start, shift.end) for shift in past.shifts] == [(EIGHT, after(40))]
    assert past.guessed == 0
    assert as_it_was(past).waits.sorted_s == [0, 19 * 60, 28 * 60]


def test_another_rule_calls_somebody_else() -> None:
    past = lone_clerk(THREE)
    strict = replace(ONE, rules=replace(ONE.rules, policy=Policy.STRICT))
    found = try_rules(past, strict)
    assert found.waits.sorted_s == [0, 18 * 60, 29 * 60]
    assert found.priority.sorted_s == [18 * 60]
    assert found.by_service["a"].mean_min() == pytest.approx(47 / 3)


def test_a_priority_counter_leaves_the_others_waiting() -> None:
    past = lone_clerk(THREE)
    only = office(counter(1, "a", priority=PriorityUse.DEDICATED))
    found = try_rules(past, only)
    assert (len(found.waits), found.uncalled) == (1, 2)
    assert found.priority.sorted_s == [0]


def test_a_new_break_is_kept_in_the_trial() -> None:
    past = lone_clerk(THREE)
    resting = office(counter(1, "a", breaks=((time(8, 20), time(8, 30)),)))
    found = try_rules(past, resting)
    assert found.waits.sorted_s == [0, 28 * 60], "the next is called after the break"
    assert found.uncalled == 1, "the shift ends before the third"


PEOPLE = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from([NORMAL, AGED])),
    min_size=1,
    max_size=25,
)


@given(PEOPLE)
@settings(max_examples=60, deadline=None)
def test_the_rule_of_the_day_gives_the_day(people: list[tuple[int, int, PriorityClass]]) -> None:
    """Arrivals a little apart, and nobody so near to a call that the clerk may have been free."""
    spread = [(comes + n / 100, float(takes), p) for n, (comes, takes, p) in enumerate(people)]
    past = lone_clerk(sorted(spread, key=lambda person: person[0]))
    was, found = as_it_was(past), try_rules(past, past.office)
    assume(not any(0 < wait < CAME_AT_ONCE_S for wait in was.waits.sorted_s))
    assert found.waits.sorted_s == pytest.approx(was.waits.sorted_s, abs=0.01)
    assert found.priority.sorted_s == pytest.approx(was.priority.sorted_s, abs=0.01)
    assert (found.uncalled, found.turned_away) == (0, 0)


@given(PEOPLE)
@settings(max_examples=40, deadline=None)
def test_no_rule_loses_anybody(people: list[tuple[int, int, PriorityClass]]) -> None:
    past = lone_clerk(sorted((float(a), float(b), p) for a, b, p in people))
    for choice in choices(past.office):
        found = try_rules(past, choice.office)
        assert len(found.waits) + found.uncalled + found.turned_away == len(people)


def test_who_gave_up_who_did_not_come_and_an_undone_call() -> None:
    play = DayPlay(ONE)
    gone, absent = play.issue(), play.issue()
    play.later(minutes=5).do(c.CancelTicket(ticket=gone.id))
    play.call()
    play.do(c.Undo(counter=1))
    play.later(minutes=1).call()
    play.later(minutes=2).do(c.NoShow(counter=1))
    stayed = play.later(minutes=1).issue()
    play.later(minutes=1).do(c.CloseCounter(counter=1))
    past = past_day(DAY, play.events)
    found = {visit.ticket: visit for visit in past.visits}
    assert (found[gone.id].left_at, found[gone.id].taken_s) == (after(5), None)
    assert (found[absent.id].came, found[absent.id].taken_s) == (False, 120)
    assert found[stayed.id].taken_s is None
    again = try_rules(past, past.office)
    # The counter opened with the first call, and at that instant one gave up.
    assert (len(again.waits), again.uncalled) == (2, 1)


def test_an_end_that_is_only_the_next_call_is_not_believed() -> None:
    """An idle clerk who ends a serving with the next call did not serve all that time."""
    play = DayPlay(ONE)
    for _ in range(2):
        play.issue()
        play.serve()
        play.later(minutes=6).do(c.Finish(counter=1))
    play.issue()
    play.serve()
    play.later(minutes=90).issue()
    play.serve()
    play.later(minutes=5).do(c.Finish(counter=1))
    past = past_day(DAY, play.events)
    assert [visit.taken_s for visit in past.visits] == [360, 360, 360, 300]
    assert past.guessed == 1


def test_a_counter_that_nobody_closed_is_not_open_till_midnight() -> None:
    play = DayPlay(ONE)
    play.issue()
    play.serve()
    play.later(minutes=6).do(c.Finish(counter=1))
    play.later(minutes=30).issue()
    play.at = datetime.combine(DAY + timedelta(days=1), EIGHT.timetz())
    play.do(c.CloseDay())
    past = past_day(DAY, play.events)
    assert [shift.end for shift in past.shifts] == [after(6)]
    assert try_rules(past, past.office).uncalled == 1


def test_a_service_that_the_new_office_lacks() -> None:
    past = lone_clerk(THREE)
    other = replace(ONE, services={}, counters={1: counter(1)})
    assert try_rules(past, other).turned_away == 3


def test_priority_that_a_log_does_not_know_is_spread_evenly() -> None:
    past = with_priority(lone_clerk([(float(n), 1.0, NORMAL) for n in range(20)]), 0.1)
    assert [n for n, visit in enumerate(past.visits) if visit.priority is AGED] == [9, 19]
    assert len(as_it_was(past).priority) == 2


def test_rules_that_are_the_same_are_played_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Office] = []

    def counted(past: PastDay, tried: Office) -> RuleFigures:
        played.append(tried)
        return try_rules(past, tried)

    monkeypatch.setattr(replay_shelf, "try_rules", counted)
    usual = office(counter(1, "a"))
    play = DayPlay(usual)
    play.do(c.ConfigureOffice(office=usual))
    play.issue()
    play.later(minutes=3).call()
    store = SqliteReader(write_events(tmp_path / "office.db", [(DAY, play.events)]))
    shelf = replay_shelf.ReplayShelf(store, Targets(15, 30), lambda: (date.max, 0))
    found = shelf.rules(DAY)
    same = [one.figures for one in found.rules if one.words.en in {"As configured", "Weighted 2:1"}]
    assert same[0] == same[1]
    assert len(played) == found.of - 1
    assert shelf.rules(DAY, 0).rules[0].figures == same[0]
    assert len(played) == found.of - 1


def test_the_choices_and_their_words() -> None:
    many = office(counter(1, "a", "b"), counter(2, "a"), counter(3, "b", "c"))
    names = [choice.words.en for choice in choices(many)]
    assert names[0] == "As configured"
    assert "Counter 2 priority only" in names
    assert len(names) == 7
    assert spare_counter(ONE) is None
    past = lone_clerk(THREE)
    words = sentence(past.day, try_rules(past, ONE))
    assert words.vi == (
        "Với lượng người đến ngày 12/05/2026, quy tắc này cho: chờ trung bình 15,7 phút; "
        "diện ưu tiên 28,0 phút; chờ trên 30 phút: 0%; không được gọi: 0 người."
    )
    assert "mean wait 15.7 min; priority 28.0 min; over 30 min: 0%; not called: 0" in words.en
