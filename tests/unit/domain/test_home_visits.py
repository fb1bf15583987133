"""Wishes for a visit at home: room in each half day, and what is kept beside the events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from queue_server.domain import appointment_commands as a
from queue_server.domain import commands as c
from queue_server.domain.appointment import AppointmentRules, HalfDay, VisitState
from queue_server.domain.faults import IllegalMove, NotBookable
from queue_server.domain.office import ZONE
from tests.fakes.office_days import OFFICE, DayPlay

VISITING = replace(OFFICE, appointments=AppointmentRules(home_visits=1))
WEDNESDAY = date(2026, 5, 13)


def ask(play: DayPlay, name: str, on: date = WEDNESDAY, part: HalfDay = HalfDay.MORNING) -> None:
    play.do(
        a.RequestHomeVisit(
            visit=name, code=name.upper(), service="a", on=on, part=part, sealed=b"sealed"
        )
    )


def test_a_half_day_has_room_for_as_many_as_staff_reach() -> None:
    play = DayPlay(VISITING)
    ask(play, "one")
    with pytest.raises(NotBookable):
        ask(play, "two")
    ask(play, "two", part=HalfDay.AFTERNOON)
    play.do(a.CancelHomeVisit(visit="one"))
    ask(play, "three")


@pytest.mark.parametrize("on", [date(2026, 5, 12), date(2026, 5, 16), date(2026, 5, 27)])
def test_not_today_not_on_a_day_off_not_too_far(on: date) -> None:
    with pytest.raises(NotBookable):
        ask(DayPlay(VISITING), "one", on)


def test_no_event_says_how_to_find_the_citizen() -> None:
    play = DayPlay(VISITING)
    play.day.take_changes()
    ask(play, "one")
    assert "sealed" not in repr(play.events)


def test_a_visit_ends_on_its_day_and_only_once() -> None:
    play = DayPlay(VISITING)
    ask(play, "one")
    with pytest.raises(IllegalMove):
        play.do(a.EndHomeVisit(visit="one", done=True))
    play.do(a.CancelHomeVisit(visit="one"))
    with pytest.raises(IllegalMove):
        play.do(a.CancelHomeVisit(visit="one"))


def test_who_was_not_noted_has_lapsed_when_the_day_ends() -> None:
    play = DayPlay(VISITING)
    ask(play, "one")
    ask(play, "two", part=HalfDay.AFTERNOON)
    wednesday = DayPlay(VISITING, datetime(2026, 5, 13, 8, tzinfo=ZONE))
    wednesday.day = type(play.day)(VISITING, WEDNESDAY)
    appointments, visits = play.day.book.still_open()
    wednesday.do(c.OpenDay(appointments=appointments, visits=visits))
    wednesday.do(a.EndHomeVisit(visit="one", done=False))
    wednesday.do(c.CloseDay())
    states = {i: visit.state for i, visit in wednesday.day.book.visits.items()}
    assert states == {"one": VisitState.NOBODY_HOME, "two": VisitState.LAPSED}
