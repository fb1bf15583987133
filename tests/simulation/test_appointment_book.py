"""Any bookings, moves, check-ins, nights and crashes: no slot overflows, no promise is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import appointment_commands as a
from queue_server.domain import commands as c
from queue_server.domain.appointment import (
    TAKES_ROOM,
    Appointment,
    AppointmentRules,
    AppointmentState,
    HalfDay,
    VisitState,
)
from queue_server.domain.decide import Outcome
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import ZONE, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import TicketState
from queue_server.use_cases.keep_day import Answer, DayKeeper, Request
from queue_server.use_cases.ports import StoreUnavailable
from tests.fakes.memory_store import MemoryStore
from tests.fakes.office_days import OFFICE
from tests.fakes.replay_store import HandClock

SEVEN = datetime(2026, 5, 11, 7, 5, tzinfo=ZONE)
CAPACITY = {"a": 2, "b": 1}
HOMES = 2
RULES = AppointmentRules(capacity=CAPACITY, home_visits=HOMES, closed=(date(2026, 5, 13),))
OFFERING = replace(OFFICE, appointments=RULES)
BOOKED, CHECKED_IN = AppointmentState.BOOKED, AppointmentState.CHECKED_IN

picks = st.integers(0, 30)
half_hours = st.integers(0, 19)
days = st.integers(0, 4)
services = st.sampled_from(["a", "a", "a", "b", "c"])
cards = st.none() | st.sampled_from(["h1", "h2"])


def answering(_day: OfficeDay, outcome: Outcome, _at: datetime) -> dict[str, Any]:
    one = outcome.appointment or outcome.ticket or outcome.visit
    return {"id": one.id, "version": one.version} if one else {}


class AnyBook(RuleBasedStateMachine):
    """Hypothesis books; `promised` is what citizens believe."""

    @initialize()
    def begin(self) -> None:
        self.clock = HandClock(SEVEN)
        self.store = MemoryStore()
        self.keeper = DayKeeper(self.store, self.clock, OFFERING)
        self.names = 0
        self.promised: dict[str, Appointment] = {}
        self.cards: dict[str, str] = {}
        self.asked: list[tuple[Request, Answer]] = []

    def ask(self, command: c.Command) -> Answer:
        self.names += 1
        key = f"k{self.names}"
        request = Request(command, answering, key=key, fingerprint=key)
        (answer,) = self.keeper.work_off([request]).answers
        if answer.fault is None:
            self.asked.append((request, answer))
        else:
            assert isinstance(answer.fault, DomainFault)
        return answer

    def name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def slot(self, day: int, half_hour: int) -> datetime:
        midnight = self.clock.at.replace(hour=7, minute=0)
        return midnight + timedelta(days=day, minutes=30 * half_hour)

    def remember(self, answer: Answer, appointment: str) -> None:
        if answer.fault is None:
            self.promised[appointment] = self.keeper.day.book.appointments[appointment]

    # -- citizens -------------------------------------------------------------------------

    @rule(day=days, half_hour=half_hours, service=services, card=cards)
    def book(self, day: int, half_hour: int, service: str, card: str | None) -> None:
        name = self.name()
        answer = self.ask(
            a.BookAppointment(
                appointment=name,
                code=name,
                service=service,
                slot_at=self.slot(day, half_hour),
                card=card,
            )
        )
        self.remember(answer, name)
        if answer.fault is None and card is not None:
            self.cards[name] = card

    @rule(day=days, half_hour=half_hours)
    def everybody_wants_the_same(self, day: int, half_hour: int) -> None:
        for _ in range(4):
            self.book(day=day, half_hour=half_hour, service="a", card=None)

    @rule(pick=picks, day=days, half_hour=half_hours)
    def move(self, pick: int, day: int, half_hour: int) -> None:
        if one := self.pick(pick):
            to = self.slot(day, half_hour)
            self.remember(self.ask(a.MoveAppointment(appointment=one.id, slot_at=to)), one.id)

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        if one := self.pick(pick):
            self.remember(self.ask(a.CancelAppointment(appointment=one.id)), one.id)

    @rule(pick=picks, confirm=st.booleans(), void=st.booleans(), wait=st.booleans())
    def come(self, pick: int, **drawn: bool) -> None:
        if not (one := self.pick(pick)):
            return
        if drawn["wait"] and self.clock.at < one.slot_at:
            self.clock.at = one.slot_at
        ticket = self.name()
        answer = self.ask(
            a.CheckIn(
                appointment=one.id, ticket=ticket, follow_code=ticket, confirm=drawn["confirm"]
            )
        )
        self.remember(answer, one.id)
        if answer.fault is None and drawn["void"]:
            self.ask(c.VoidTicket(ticket=ticket))

    @rule(day=days, part=st.sampled_from(HalfDay))
    def ask_for_a_visit(self, day: int, part: HalfDay) -> None:
        name = self.name()
        on = working_day(self.clock.at) + timedelta(days=day)
        self.ask(
            a.RequestHomeVisit(
                visit=name, code=name, service="a", on=on, part=part, sealed=name.encode()
            )
        )

    @rule(pick=picks, how=st.sampled_from(["cancel", "done", "nobody"]))
    def end_a_visit(self, pick: int, how: str) -> None:
        visits = list(self.keeper.day.book.visits)
        if visits:
            visit = visits[pick % len(visits)]
            end = a.EndHomeVisit(visit=visit, done=how == "done")
            self.ask(a.CancelHomeVisit(visit=visit) if how == "cancel" else end)

    # -- time and trouble -----------------------------------------------------------------

    @rule(minutes=st.sampled_from([1, 20, 90, 300]))
    def time_passes(self, minutes: int) -> None:
        self.clock.at += timedelta(minutes=minutes)
        self.ask(c.PassTime())

    @rule(nights=st.integers(1, 3))
    def nights_pass(self, nights: int) -> None:
        later = self.clock.at + timedelta(days=nights)
        self.clock.at = later.replace(hour=7, minute=5)
        self.ask(c.PassTime())
        self.keeper.purge()

    @rule()
    def the_server_is_killed_and_starts_again(self) -> None:
        self.keeper = DayKeeper(self.store, self.clock, OFFERING)

    @rule(day=days, half_hour=half_hours)
    def the_disk_is_full(self, day: int, half_hour: int) -> None:
        self.store.broken = True
        name = self.name()
        command = a.BookAppointment(
            appointment=name, code=name, service="a", slot_at=self.slot(day, half_hour)
        )
        (answer,) = self.keeper.work_off([Request(command, answering, key=name)]).answers
        self.store.broken = False
        assert answer.fault is None or isinstance(answer.fault, StoreUnavailable | DomainFault)
        if answer.fault is not None:
            assert name not in self.keeper.day.book.appointments

    @rule(pick=picks)
    def a_reply_was_lost_and_the_request_repeated(self, pick: int) -> None:
        if self.asked:
            request, first = self.asked[pick % len(self.asked)]
            (again,) = self.keeper.work_off([request]).answers
            assert (again.body, again.replayed) == (first.body, True)

    # -- what always holds ----------------------------------------------------------------

    @invariant()
    def no_half_hour_holds_more_than_its_places(self) -> None:
        taken = Counter(
            (one.service, one.slot_at) for one in self.book_now() if one.state in TAKES_ROOM
        )
        assert all(count <= CAPACITY.get(service, 0) for (service, _), count in taken.items())
        homes = Counter(
            (visit.on, visit.part)
            for visit in self.keeper.day.book.visits.values()
            if visit.state is not VisitState.CANCELLED
        )
        assert all(count <= HOMES for count in homes.values())

    @invariant()
    def nobody_is_booked_twice(self) -> None:
        mine = [(self.cards[one.id], one) for one in self.book_now() if one.id in self.cards]
        open_now = [(card, one) for card, one in mine if one.state is BOOKED]
        assert len({(card, one.slot_at) for card, one in open_now}) == len(open_now)
        by_day = {(card, one.service, working_day(one.slot_at)) for card, one in open_now}
        assert len(by_day) == len(open_now)
        for card, one in open_now:
            assert one in self.keeper.day.book.with_card(card)

    @invariant()
    def no_promise_is_lost(self) -> None:
        """What a citizen was promised for today or later stands there, at that time."""
        self.keeper.work_off([])
        today = self.keeper.day.day
        for one in self.promised.values():
            if one.state is BOOKED and working_day(one.slot_at) >= today:
                assert self.keeper.day.book.appointments[one.id] == one

    @invariant()
    def every_past_day_says_what_became_of_it(self) -> None:
        today = self.keeper.day.day
        for earlier in self.store.days():
            if earlier < today:
                rows = self.store.appointments(earlier)
                due = [one for one in rows if working_day(one.slot_at) <= earlier]
                assert all(one.state is not BOOKED for one in due)

    @invariant()
    def who_checked_in_has_exactly_one_number_that_counts(self) -> None:
        tickets = self.keeper.day.tickets.values()
        holders = [one.ticket for one in self.book_now() if one.state is CHECKED_IN]
        assert len(holders) == len(set(holders))
        given = {t.id for t in tickets if t.channel == "appointment"}
        void = {t.id for t in tickets if t.state is TicketState.VOID}
        assert given - void <= set(holders)

    @invariant()
    def the_events_alone_give_the_book(self) -> None:
        again = self.store.load_day()
        if again is not None and again.day == self.keeper.day.day:
            assert again.book.appointments == self.keeper.day.book.appointments
            assert again.book.visits == self.keeper.day.book.visits
            assert again.book.cards.items() <= self.keeper.day.book.cards.items()

    def book_now(self) -> list[Appointment]:
        return list(self.keeper.day.book.appointments.values())

    def pick(self, number: int) -> Appointment | None:
        found = self.book_now()
        return found[-1 - number % len(found)] if found else None


AnyBook.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestAnyBook = AnyBook.TestCase
