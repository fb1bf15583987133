"""Booking, moving, cancelling and checking in, and what becomes of it when the day ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from queue_server.domain import appointment_commands as a
from queue_server.domain import appointment_events as e
from queue_server.domain import commands as c
from queue_server.domain.appointment import Appointment, AppointmentRules, AppointmentState
from queue_server.domain.faults import IllegalMove, NotBookable, NotEligible, UnknownAppointment
from queue_server.domain.office import ZONE, Office
from queue_server.domain.slots import free_slots, times_of
from queue_server.domain.ticket import TicketState
from queue_server.domain.waiting_time import wait_s
from tests.fakes.office_days import DAY, OFFICE, DayPlay, replayed

TUESDAY = DAY
RULES = AppointmentRules(capacity={"a": 2, "b": 1}, closed=(date(2026, 5, 14),))
BOOKING: Office = replace(OFFICE, appointments=RULES)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=ZONE)


def play() -> DayPlay:
    return DayPlay(BOOKING)


def book(day: DayPlay, name: str, at: datetime, service: str = "a", **more: str) -> Appointment:
    command = a.BookAppointment(
        appointment=name, code=name.upper(), service=service, slot_at=at, **more
    )
    made = day.do(command).appointment
    assert made is not None
    return made


def test_slots_stand_within_the_sessions_and_end_with_them() -> None:
    times = times_of(BOOKING, BOOKING.services["a"], TUESDAY)
    assert times[0] == on(12, 7)
    assert on(12, 10, 30) in times
    assert on(12, 11) not in times
    assert times[-1] == on(12, 16, 30)
    assert len(times) == 16


@pytest.mark.parametrize(
    ("at", "service", "why"),
    [
        (on(12, 10), "c", "no_appointments"),
        (on(12, 10, 10), "a", "no_slot"),
        (on(12, 11, 30), "a", "no_slot"),
        (on(14, 10), "a", "no_slot"),  # a day off
        (on(16, 10), "a", "no_slot"),  # a Saturday
        (on(12, 8), "a", "too_near_or_far"),  # now
        (on(27, 10), "a", "too_near_or_far"),
    ],
)
def test_what_is_no_slot_is_refused_with_its_reason(at: datetime, service: str, why: str) -> None:
    day = play()
    with pytest.raises(NotBookable) as refused:
        book(day, "x", at, service)
    assert refused.value.state == why
    assert not day.day.book.appointments


def test_a_half_hour_takes_as_many_as_its_service_has_places() -> None:
    day = play()
    book(day, "one", on(12, 10))
    book(day, "two", on(12, 10))
    with pytest.raises(NotBookable, match="full"):
        book(day, "three", on(12, 10))
    free = {slot.at: slot.free for slot in free_slots(day.day, "a", TUESDAY, day.at)}
    assert free[on(12, 10)] == 0
    assert free[on(12, 10, 30)] == 2
    assert on(12, 8) not in free


def test_a_place_is_free_again_after_a_move_or_a_cancellation() -> None:
    day = play()
    book(day, "one", on(12, 10), "b")
    day.do(a.MoveAppointment(appointment="one", slot_at=on(13, 9)))
    book(day, "two", on(12, 10), "b")
    day.do(a.CancelAppointment(appointment="two"))
    book(day, "three", on(12, 10), "b")
    with pytest.raises(NotBookable, match="full"):
        day.do(a.MoveAppointment(appointment="one", slot_at=on(12, 10)))
    assert day.day.book.appointments["one"].slot_at == on(13, 9)


def test_a_card_is_in_one_place_at_a_time_and_books_a_service_once_a_day() -> None:
    day = play()
    book(day, "one", on(12, 10), card="h1")
    with pytest.raises(NotBookable):
        book(day, "same-time", on(12, 10), "b", card="h1")
    with pytest.raises(NotBookable):
        book(day, "same-service", on(12, 14), card="h1")
    book(day, "other-day", on(13, 10), card="h1")
    book(day, "other-card", on(12, 10), card="h2")
    with pytest.raises(NotBookable):
        day.do(a.MoveAppointment(appointment="other-day", slot_at=on(12, 14)))
    day.do(a.CancelAppointment(appointment="one"))
    book(day, "again", on(12, 14), card="h1")


def test_check_in_gives_a_number_that_counts_from_the_appointment() -> None:
    day = play()
    book(day, "one", on(12, 9), procedure="2.000815")
    ticket = day.do(a.CheckIn(appointment="one", ticket="t1", follow_code="f1")).ticket
    assert ticket is not None
    assert ticket.appointment_at == on(12, 9)
    assert ticket.procedures == ("2.000815",)
    assert ticket.channel == "appointment"
    day.at = on(12, 8, 46)
    day.call()
    assert wait_s(BOOKING, day.now(ticket)) == 0.0
    with pytest.raises(IllegalMove):
        day.do(a.CheckIn(appointment="one", ticket="t2", follow_code="f2"))
    with pytest.raises(IllegalMove):
        day.do(a.CancelAppointment(appointment="one"))


def test_too_early_says_when_and_too_late_is_a_walk_in() -> None:
    day = play()
    book(day, "one", on(12, 9, 30))
    with pytest.raises(NotEligible, match="08:30"):
        day.do(a.CheckIn(appointment="one", ticket="t1", follow_code="f1"))
    day.at = on(12, 9, 46)
    late = day.do(a.CheckIn(appointment="one", ticket="t1", follow_code="f1")).ticket
    assert late is not None
    assert late.appointment_at is None
    assert late.line_since == day.at


def test_another_day_is_refused() -> None:
    day = play()
    book(day, "one", on(13, 9))
    with pytest.raises(NotEligible, match="2026-05-13"):
        day.do(a.CheckIn(appointment="one", ticket="t1", follow_code="f1"))


def test_a_number_that_never_reached_anybody_does_not_use_the_appointment_up() -> None:
    day = play()
    book(day, "one", on(12, 9))
    day.do(a.CheckIn(appointment="one", ticket="t1", follow_code="f1", confirm=False))
    day.do(c.VoidTicket(ticket="t1"))
    again = day.do(a.CheckIn(appointment="one", ticket="t2", follow_code="f2")).ticket
    assert again is not None
    assert again.state is TicketState.WAITING
    assert day.day.book.appointments["one"].ticket == "t2"


def test_the_end_of_the_day_counts_who_did_not_come() -> None:
    day = play()
    book(day, "came", on(12, 9))
    book(day, "missed", on(12, 9))
    book(day, "tomorrow", on(13, 9))
    day.do(a.CheckIn(appointment="came", ticket="t1", follow_code="f1"))
    day.at = on(13, 0)
    day.do(c.CloseDay())
    states = {i: one.state for i, one in day.day.book.appointments.items()}
    assert states == {
        "came": AppointmentState.CHECKED_IN,
        "missed": AppointmentState.NO_SHOW,
        "tomorrow": AppointmentState.BOOKED,
    }
    assert [one.id for one in day.day.book.still_open()[0]] == ["tomorrow"]


def test_the_next_day_begins_with_what_is_still_promised() -> None:
    first = play()
    book(first, "kept", on(15, 9))
    book(first, "fell-out", on(13, 9))
    open_book = first.day.book.still_open()
    friday = DayPlay(BOOKING, on(15, 6))
    friday.day, friday.events = type(friday.day)(BOOKING, date(2026, 5, 15)), []
    friday.do(c.OpenDay(appointments=open_book[0], visits=open_book[1]))
    states = {i: one.state for i, one in friday.day.book.appointments.items()}
    assert states == {"kept": AppointmentState.BOOKED, "fell-out": AppointmentState.LAPSED}
    assert isinstance(friday.events[2], e.BookCarried)
    again = replayed(friday.events, date(2026, 5, 15), BOOKING)
    assert again.book.appointments == friday.day.book.appointments


def test_unknown_ids_and_taken_codes_are_refused() -> None:
    day = play()
    book(day, "one", on(12, 10))
    with pytest.raises(UnknownAppointment):
        day.do(a.CancelAppointment(appointment="none"))
    with pytest.raises(IllegalMove):
        day.do(
            a.BookAppointment(
                appointment="two", code="ONE", service="a", slot_at=on(12, 10) + timedelta(days=1)
            )
        )
