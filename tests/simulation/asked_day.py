"""A day behind its keeper, asked as the server asks it; each refusal must change nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from queue_server.domain import commands as c
from queue_server.domain.calling_rule import choose
from queue_server.domain.decide import Outcome
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import ZONE, Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.use_cases.keep_day import Answer, DayKeeper, Request
from tests.fakes.replay_store import HandClock, ReplayStore
from tests.simulation.invariants import check, snapshot
from tests.simulation.oracle import expected

SEVEN = datetime(2026, 5, 12, 7, 40, tzinfo=ZONE)

LEGAL_MOVES = {
    TicketState.CALLED: (c.Start, c.Start, c.Recall, c.Return, c.NoShow, c.Undo),
    TicketState.SERVING: (c.Hold, c.Finish, c.CallNext, c.Undo),
}


def answering(_day: OfficeDay, outcome: Outcome, _at: datetime) -> dict[str, Any]:
    ticket = outcome.ticket
    return {
        "ticket": ticket and [ticket.id, ticket.version],
        "block": outcome.block and [outcome.block.first, outcome.block.last],
    }


class AskedDay:
    """Sends every command through the keeper of the day, as the server does."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock(SEVEN)
        self.store = ReplayStore()
        self.asked: list[tuple[Request, Answer]] = []
        self.names = count(1)

    def start(self, office: Office) -> None:
        """The server starts with this configuration."""
        self.keeper = DayKeeper(self.store, self.clock, office)

    @property
    def day(self) -> OfficeDay:
        return self.keeper.day

    def settle(self) -> None:
        """Let the keeper do what it does before each batch: roll over, configure."""
        assert self.keeper.work_off([]).answers == []

    def ask(self, command: c.Command) -> None:
        """Send a command under a new key; a refusal must have changed nothing."""
        self.settle()
        before, seq = snapshot(self.day), self.store.last_seq()
        name = f"key{next(self.names)}"
        request = Request(command, answering, key=name, fingerprint=name)
        (answer,) = self.keeper.work_off([request]).answers
        if answer.fault is None:
            self.asked.append((request, answer))
            return
        assert isinstance(answer.fault, DomainFault)
        assert snapshot(self.day) == before
        assert self.store.last_seq() == seq

    def service(self, number: int) -> str:
        return sorted(self.day.office.services)[number % len(self.day.office.services)]

    def counter(self, number: int) -> int:
        return sorted(self.day.office.counters)[number % len(self.day.office.counters)]

    def pick(self, number: int) -> Ticket | None:
        """Some ticket, the newest ones first."""
        tickets = list(self.day.tickets.values())
        return tickets[-1 - number % len(tickets)] if tickets else None

    def minutes(self, offset: int | None) -> datetime | None:
        return None if offset is None else self.clock.at + timedelta(minutes=offset)

    def target(self, to_service: int | None, to_counter: int | None) -> dict[str, Any]:
        return {
            "to_service": None if to_service is None else self.service(to_service),
            "to_counter": None if to_counter is None else self.counter(to_counter),
        }

    def issue_one(self, **more: Any) -> None:
        """A citizen takes a number under a new id."""
        name = next(self.names)
        self.ask(c.IssueTicket(ticket=f"t{name}", follow_code=f"f{name}", **more))

    def check_all(self) -> None:
        """All invariants, for today and for the days that are over."""
        self.settle()
        check(self.day, self.store.of_day(self.day.day))
        for earlier in {day for day, _ in self.store.events} - {self.day.day}:
            assert self.store.replay(earlier).closed

    def check_replay(self) -> None:
        """The events alone give the day, down to its indexes."""
        assert snapshot(self.store.replay(self.day.day)) == snapshot(self.day)

    def check_choices(self) -> None:
        """Each counter would call whom the design says."""
        for number in self.day.office.counters:
            chosen = choose(self.day, number, self.clock.at)
            found = chosen[0].id if chosen else None
            assert found == expected(self.day, number, self.clock.at)
