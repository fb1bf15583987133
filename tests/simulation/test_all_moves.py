"""Any commands in any order at any time, with restarts and a full disk: the invariants hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain import commands as c
from queue_server.domain.citizen_moves import RATING_REASONS
from queue_server.domain.office import Office
from queue_server.domain.ticket import PriorityClass, TicketState
from queue_server.use_cases.keep_day import Answer, KeyReused, Request
from queue_server.use_cases.ports import StoreUnavailable
from tests.simulation.asked_day import LEGAL_MOVES, AskedDay, answering
from tests.simulation.invariants import snapshot
from tests.simulation.random_offices import COUNTERS, PROFILES, offices

picks = st.integers(0, 30)
classes = st.just(PriorityClass.NORMAL) | st.sampled_from(PriorityClass)
crowds = st.lists(classes, max_size=12)
seldom = st.integers(0, 19).map(lambda n: n == 19)
kiosks = st.sampled_from(["k1", "k2"])
minutes_off = st.none() | st.integers(-90, 90)
REASONS = (*RATING_REASONS, "no such reason")
CLERK_MOVES = (
    c.CallNext,
    c.Recall,
    c.Start,
    c.Return,
    c.Finish,
    c.NoShow,
    c.Undo,
    c.OpenCounter,
    c.PauseCounter,
    c.CloseCounter,
    c.Hold,
    c.Resume,
)


class AnyDay(AskedDay, RuleBasedStateMachine):
    """Hypothesis chooses what happens next."""

    @initialize(office=offices(), crowd=crowds)
    def begin(self, office: Office, crowd: list[PriorityClass]) -> None:
        self.start(office)
        for priority in crowd:
            self.issue_one(service=self.service(next(self.names)), priority=priority)

    # -- citizens and kiosks --------------------------------------------------------------

    @rule(
        service=picks,
        priority=classes,
        confirm=st.sampled_from([True, True, False]),
        appointment=minutes_off,
        issued=minutes_off,
    )
    def issue(self, **drawn: Any) -> None:
        self.issue_one(
            service=self.service(drawn["service"]),
            priority=drawn["priority"],
            confirm=drawn["confirm"],
            appointment_at=self.minutes(drawn["appointment"]),
            issued_at=self.minutes(drawn["issued"]),
        )

    @rule(pick=picks, sure=seldom)
    def issue_an_id_again(self, pick: int, sure: bool) -> None:  # noqa: FBT001 - drawn
        if sure and (ticket := self.pick(pick)):
            self.ask(c.IssueTicket(ticket=ticket.id, follow_code="x", service=ticket.service))

    @rule(kiosk=kiosks, service=picks, size=st.integers(-1, 4))
    def lease(self, kiosk: str, service: int, size: int) -> None:
        self.ask(c.LeaseBlock(kiosk=kiosk, service=self.service(service), size=size))

    @rule(kiosk=kiosks, pick=picks, offset=st.integers(0, 4), ago=st.integers(0, 300))
    def issue_from_a_block(self, kiosk: str, pick: int, offset: int, ago: int) -> None:
        blocks = list(self.day.blocks.values())
        if not blocks:
            return
        block = blocks[pick % len(blocks)]
        self.issue_one(
            service=block.service,
            kiosk=kiosk,
            number=block.first + offset,
            issued_at=self.clock.at - timedelta(seconds=ago),
        )

    @rule(pick=picks, move=st.sampled_from([c.VoidTicket, c.CancelTicket, c.WithdrawTicket]))
    def leave(
        self, pick: int, move: type[c.VoidTicket | c.CancelTicket | c.WithdrawTicket]
    ) -> None:
        if ticket := self.pick(pick):
            self.ask(move(ticket=ticket.id))

    @rule(number=picks, profile=st.sampled_from([None, *PROFILES]))
    def switch_profile(self, number: int, profile: str | None) -> None:
        self.ask(c.SwitchProfile(counter=COUNTERS[number % len(COUNTERS)], profile=profile))

    @rule(pick=picks, minutes=st.integers(-1, 20))
    def be_late(self, pick: int, minutes: int) -> None:
        if ticket := self.pick(pick):
            self.ask(c.DelayTicket(ticket=ticket.id, by=timedelta(minutes=minutes)))

    @rule(pick=picks, score=st.integers(0, 6), reasons=st.sets(st.sampled_from(REASONS)))
    def rate(self, pick: int, score: int, reasons: set[str]) -> None:
        if ticket := self.pick(pick):
            self.ask(c.RateVisit(ticket=ticket.id, score=score, reasons=tuple(reasons)))

    @rule(pick=picks)
    def confirm(self, pick: int) -> None:
        if ticket := self.pick(pick):
            self.ask(c.ConfirmTicket(ticket=ticket.id, slip="printed"))

    @rule(pick=picks, to_service=st.none() | picks, to_counter=st.none() | picks)
    def transfer_waiting(self, pick: int, **to: int | None) -> None:
        if ticket := self.pick(pick):
            self.ask(c.TransferWaiting(ticket=ticket.id, **self.target(**to)))

    @rule(pick=picks)
    def reinstate(self, pick: int) -> None:
        if ticket := self.pick(pick):
            self.ask(c.Reinstate(label=ticket.label))

    # -- clerks ---------------------------------------------------------------------------

    @rule(counter=picks, moves=st.lists(st.sampled_from(CLERK_MOVES), max_size=3))
    def clerk_presses_anything(self, counter: int, moves: list[type[c.AtCounter]]) -> None:
        for move in moves:
            self.ask(move(counter=self.counter(counter)))

    @rule(counter=picks, start=st.booleans())
    def a_free_counter_calls(self, counter: int, start: bool) -> None:  # noqa: FBT001 - drawn
        day = self.day
        free = [n for n in sorted(day.office.counters) if day.counters[n].ticket is None]
        if free:
            number = free[counter % len(free)]
            self.ask(c.CallNext(counter=number))
            if start:
                self.ask(c.Start(counter=number))

    @rule(picked=st.lists(st.tuples(picks, picks), min_size=1, max_size=3))
    def clerks_go_on(self, picked: list[tuple[int, int]]) -> None:
        """Moves that the table allows, so that days get far."""
        for counter, move in picked:
            busy = [now for now in self.day.counters.values() if now.ticket is not None]
            if busy:
                now = busy[counter % len(busy)]
                moves = LEGAL_MOVES[self.day.tickets[now.ticket].state]
                self.ask(moves[move % len(moves)](counter=now.number))

    @rule(pick=picks)
    def somebody_comes_back(self, pick: int) -> None:
        held = self.day.aside(TicketState.HELD)
        gone = [t for t in self.day.tickets.values() if t.state is TicketState.NO_SHOW]
        back = [*held, *gone]
        if back:
            ticket = back[pick % len(back)]
            if ticket in held:
                self.ask(c.Resume(counter=ticket.counter, label=ticket.label))
            else:
                self.ask(c.Reinstate(ticket=ticket.id))

    @rule(counter=picks, version=picks)
    def stale_or_not(self, counter: int, version: int) -> None:
        self.ask(c.CallNext(counter=self.counter(counter), expected_version=version))

    @rule(counter=picks, pick=picks)
    def call_number(self, counter: int, pick: int) -> None:
        if ticket := self.pick(pick):
            self.ask(c.CallNumber(counter=self.counter(counter), label=ticket.label))

    @rule(counter=picks, due=st.integers(-1, 20))
    def serve_and_hold(self, counter: int, due: int) -> None:
        number = self.counter(counter)
        for move in (c.CallNext, c.Start):
            self.ask(move(counter=number))
        self.ask(c.Hold(counter=number, due_at=self.minutes(due)))

    @rule(counter=picks, to_service=st.none() | picks, to_counter=st.none() | picks)
    def transfer(self, counter: int, **to: int | None) -> None:
        self.ask(c.Transfer(counter=self.counter(counter), **self.target(**to)))

    @rule(counter=picks)
    def add_procedure(self, counter: int) -> None:
        self.ask(c.AddProcedure(counter=self.counter(counter), procedure="2.000815"))

    @rule(counter=picks)
    def add_note(self, counter: int) -> None:
        self.ask(c.AddNote(counter=self.counter(counter), text="Bổ sung giấy khai sinh"))

    @rule(pick=picks)
    def give_slip_again(self, pick: int) -> None:
        if ticket := self.pick(pick):
            self.ask(c.GiveSlipAgain(ticket=ticket.id))

    @rule(sure=seldom)
    def unknown_names(self, sure: bool) -> None:  # noqa: FBT001 - drawn
        if not sure:
            return
        self.ask(c.IssueTicket(ticket="x", follow_code="x", service="unknown"))
        self.ask(c.CallNext(counter=99))
        self.ask(c.CancelTicket(ticket="unknown"))
        self.ask(c.CallNumber(counter=self.counter(0), label="X999"))

    # -- time, machine, office ------------------------------------------------------------

    @rule(seconds=st.integers(0, 20) | st.integers(0, 3600))
    def wait(self, seconds: int) -> None:
        self.clock.at += timedelta(seconds=seconds)
        self.ask(c.PassTime())

    @rule(hours=st.integers(1, 9), sure=seldom)
    def wait_long(self, hours: int, sure: bool) -> None:  # noqa: FBT001 - drawn
        self.clock.at += timedelta(hours=hours if sure else 0)

    @rule(seconds=st.integers(1, 7200), noticed=st.booleans())
    def clock_is_set_back(self, seconds: int, noticed: bool) -> None:  # noqa: FBT001 - drawn
        self.clock.at -= timedelta(seconds=seconds)
        self.clock.jump_s = -float(seconds) if noticed else 0.0

    @rule(sure=seldom)
    def close_the_day(self, sure: bool) -> None:  # noqa: FBT001 - drawn
        if sure:
            self.ask(c.CloseDay())

    @rule(office=offices(), sure=seldom)
    def restart_with_another_configuration(self, office: Office, sure: bool) -> None:  # noqa: FBT001 - drawn
        if sure:
            self.start(office)

    @rule(counter=picks)
    def the_disk_is_full(self, counter: int) -> None:
        self.settle()
        before, seq = snapshot(self.day), self.store.last_seq()
        self.store.disk_full = True
        commands = [
            c.CallNext(counter=self.counter(counter)),
            c.LeaseBlock(kiosk="k1", service="a", size=2),
        ]
        worked = self.keeper.work_off([Request(command, answering) for command in commands])
        self.store.disk_full = False
        assert all(isinstance(answer.fault, StoreUnavailable) for answer in worked.answers)
        assert (snapshot(self.day), self.store.last_seq()) == (before, seq)

    @rule(pick=picks)
    def retry(self, pick: int) -> None:
        """The same key again: the same answer, and nothing else."""
        if not self.asked:
            return
        request, answer = self.asked[-1 - pick % len(self.asked)]
        self.settle()
        before, seq = snapshot(self.day), self.store.last_seq()
        other = Request(request.command, answering, request.key, "asked something else")
        again, refused = self.keeper.work_off([request, other]).answers
        assert again == Answer(body=answer.body, replayed=True)
        assert isinstance(refused.fault, KeyReused)
        assert (snapshot(self.day), self.store.last_seq()) == (before, seq)

    # -- what always holds ----------------------------------------------------------------

    @invariant()
    def every_day_is_sound(self) -> None:
        self.check_all()
        self.check_replay()
        self.check_choices()


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(
    max_examples=400,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
