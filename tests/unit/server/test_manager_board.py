"""Alerts say when a line will pass the limit; the day's course equals one counted anew."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts.manager_views import Alert
from queue_server.domain import commands as c
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import Counter
from queue_server.domain.ticket import TicketState
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.day_course import DayCourse, slot_of
from queue_server.use_cases.day_verdicts import DayVerdicts
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.line_alerts import ask_offers, line_alert
from tests.fakes.office_days import OFFICE, DayPlay, counter, office
from tests.fakes.steady_predictor import TURN_MIN, SteadyPredictor

LIMIT = timedelta(minutes=30)
FORECASTER = Forecaster(SteadyPredictor())


def alerts_of(play: DayPlay, service: str = "a") -> Alert | None:
    return line_alert(play.day, service, play.at, FORECASTER, LIMIT)


def test_a_short_line_before_an_open_counter_is_no_alert() -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=1))
    play.issue()
    assert alerts_of(play) is None


def test_the_moment_of_passing_is_that_of_the_first_who_will_wait_too_long() -> None:
    play = DayPlay(office(counter(1, "a")))
    play.issue()
    play.serve(1)
    for _ in range(12):
        play.issue()
    # The predictor says four minutes a turn: the last of twelve waits 48, the first four.
    said = alerts_of(play)
    assert said is not None
    assert (said.kind, said.waiting) == ("will_pass", 12)
    assert said.at == play.at + LIMIT
    assert 12 * TURN_MIN > 30 > 6 * TURN_MIN


def test_who_waited_longer_makes_it_a_fact() -> None:
    play = DayPlay(office(counter(1, "a")))
    play.do(c.OpenCounter(counter=1))
    play.issue()
    play.later(minutes=31)
    said = alerts_of(play)
    assert said is not None
    assert (said.kind, said.minutes) == ("passed", 31)


def test_nobody_serving_is_said_before_any_forecast() -> None:
    play = DayPlay()
    play.issue()
    said = alerts_of(play)
    assert said is not None
    assert said.kind == "no_counter"
    assert [one.counter for one in said.offers] == [1, 2]


def test_a_paused_counter_is_asked_before_a_closed_one_and_only_once() -> None:
    play = DayPlay()
    play.do(c.OpenCounter(counter=2))
    play.do(c.PauseCounter(counter=2))
    assert [(one.counter, one.state) for one in ask_offers(play.day, "a")] == [
        (2, "paused"),
        (1, "closed"),
    ]
    play.do(c.AskCounter(counter=2, service="a"))
    assert [one.counter for one in ask_offers(play.day, "a")] == [1]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "call", "start", "finish", "undo", "void", "return"]),
        st.integers(0, 900),
    ),
    max_size=50,
)
MOVES: dict[str, type[c.AtCounter]] = {
    "call": c.CallNext,
    "start": c.Start,
    "finish": c.Finish,
    "undo": c.Undo,
    "return": c.Return,
}


@given(STEPS)
def test_the_course_of_the_day_equals_one_counted_anew(steps: list[tuple[str, int]]) -> None:
    single: dict[int, Counter] = {1: counter(1, "a")}
    play = DayPlay(office(*single.values()))
    course = DayCourse(play.day.office)
    known = dict(play.day.tickets)
    for kind, pause in steps:
        play.at += timedelta(seconds=pause)
        try:
            if kind == "issue":
                play.issue(confirm=False)
                last = list(play.day.tickets)[-1]
                play.do(c.ConfirmTicket(ticket=last, slip="printed"))
            elif kind == "void":
                play.issue(confirm=False)
                play.do(c.VoidTicket(ticket=list(play.day.tickets)[-1]))
            else:
                play.do(MOVES[kind](counter=1))
        except DomainFault:
            continue
        for ticket in play.day.tickets.values():
            if known.get(ticket.id) != ticket:
                course.changed(known.get(ticket.id), ticket)
        known = dict(play.day.tickets)
    tickets = [t for t in play.day.tickets.values() if t.state is not TicketState.VOID]
    assert +course.arrived == Tally(slot_of(t.issued_at) for t in tickets)
    called = [t for t in tickets if t.called_first_at is not None and t.accurate]
    waits: dict[int, list[float]] = {}
    for ticket in called:
        assert ticket.called_first_at is not None
        wait = wait_s(play.day.office, ticket)
        assert wait is not None
        waits.setdefault(slot_of(ticket.called_first_at), []).append(wait)
    counted = {slot: w.sorted_s for slot, w in course.waits.items() if len(w)}
    assert counted == {slot: sorted(each) for slot, each in waits.items()}


def test_the_day_is_shown_from_opening_to_closing_and_beyond_where_something_happened() -> None:
    course = DayCourse(OFFICE)
    assert course.slots() == range(28, 68)
    course.arrived[27] += 1
    assert course.slots() == range(27, 68)


def test_low_scores_are_kept_with_their_words_and_counted_once() -> None:
    play = DayPlay(office(counter(1, "a")))
    verdicts = DayVerdicts()
    for score, comment in ((5, ""), (2, "Chờ quá lâu"), (4, "")):
        ticket = play.issue()
        play.serve(1)
        done = play.at_counter(c.Finish, 1)
        before = play.day.tickets[ticket.id]
        rated = play.do(c.RateVisit(ticket=done.id, score=score, comment=comment)).ticket
        assert rated is not None
        verdicts.changed(before, rated)
        verdicts.heard(play.events)
    verdicts.heard(play.events)
    assert (verdicts.rated, verdicts.good, verdicts.low) == (3, 2, 1)
    assert [one.comment for one in verdicts.newest_low()] == ["Chờ quá lâu"]
    assert not verdicts.words_missing
