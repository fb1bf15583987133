"""The way from a kiosk to the real office day, without a network but with all its faults."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from kiosk.domain.own_numbers import Block, OwnTicket
from kiosk.domain.ticket import IssuedTicket, SlipOutcome, TicketOrder, WaitingLine
from kiosk.domain.words import Words
from kiosk.use_cases.ports import Moment, RefusedError, ServerAwayError
from queue_server.domain import commands as c
from queue_server.domain.decide import Outcome
from queue_server.domain.office import Office
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.keep_day import DayKeeper, Request
from queue_server.use_cases.ports import StoreUnavailable
from tests.fakes.replay_store import HandClock, ReplayStore

AWAY = Words("Mất kết nối", "Away")
REFUSED = Words("Không được", "Refused")
FOLLOW = "https://motcua.example/t/"


class OfficeBehind:
    """The server: its store outlives every restart."""

    def __init__(self, office: Office, at: datetime) -> None:
        self.office = office
        self.clock = HandClock(at)
        self.store = ReplayStore()
        self.names = count(1)
        self.restart()

    def restart(self) -> None:
        """Killed and started: what was not committed is gone."""
        self.keeper = DayKeeper(self.store, self.clock, self.office)

    @property
    def day(self) -> OfficeDay:
        self.keeper.work_off([])
        return self.keeper.day

    def ask(self, request: Request) -> dict[str, Any]:
        (answer,) = self.keeper.work_off([request]).answers
        if isinstance(answer.fault, StoreUnavailable):
            raise ServerAwayError(REFUSED, str(answer.fault))
        if answer.fault is not None:
            raise RefusedError(type(answer.fault).__name__, REFUSED, str(answer.fault))
        return answer.body or {}


@dataclass
class OfficeLink:
    """One kiosk's line. `away`: nothing arrives. `deaf`: it arrives, but no answer comes back.

    `slow` keeps what was sent but did not arrive, so that it can arrive later.
    """

    behind: OfficeBehind
    kiosk: str
    away: bool = False
    deaf: bool = False
    slow: bool = False
    late: list[Request] | None = None

    def lines(self) -> tuple[WaitingLine, ...]:
        self._reach(None)
        return tuple(
            WaitingLine(s.id, s.letter, Words(s.name_vi, s.name_en), 0, None, 1)
            for s in self.behind.office.services.values()
        )

    def reserve(self, order: TicketOrder, key: str) -> IssuedTicket:
        body = self._send(self._issue(order, key, confirm=False))
        at = datetime.fromisoformat(body["issued_at"])
        return IssuedTicket(body["id"], body["number"], order.service, 0, None, at, FOLLOW)

    def confirm(self, ticket_id: str, slip: SlipOutcome) -> None:
        command = c.ConfirmTicket(ticket=ticket_id, slip=slip.value)
        self._send(self._request(command, f"{ticket_id}-confirm"))

    def void(self, ticket_id: str) -> None:
        self._send(self._request(c.VoidTicket(ticket=ticket_id), f"{ticket_id}-void"))

    def lease(self, service: str, size: int, key: str) -> Block:
        body = self._send(
            self._request(c.LeaseBlock(kiosk=self.kiosk, service=service, size=size), key)
        )
        letter = self.behind.office.services[service].letter
        day = self.behind.keeper.day.day
        return Block(service, day, letter, 3, *body["block"], FOLLOW)

    def hand_in(self, ticket: OwnTicket, sent_at: datetime) -> None:
        request = self._issue(
            ticket.order,
            ticket.key,
            number=ticket.number,
            day=ticket.day,
            issued_at=ticket.issued_at,
            sent_at=sent_at,
            follow_code=ticket.follow_code,
            slip=(ticket.slip or SlipOutcome.SHOWN).value,
        )
        replaces = f"{self.kiosk}/{ticket.replaces}" if ticket.replaces else None
        self._send(replace(request, replaces=replaces))

    def clock_ahead(self) -> timedelta:
        return timedelta(0)

    def close(self) -> None:
        """Nothing is held."""

    def deliver_late(self) -> None:
        """What was on its way arrives now; its sender has given up long ago."""
        for request in self.late or []:
            self.behind.keeper.work_off([request])
        self.late = []

    def _issue(self, order: TicketOrder, key: str, **more: Any) -> Request:
        name = next(self.behind.names)
        facts = {"follow_code": f"f{name}", **more}
        command = c.IssueTicket(
            ticket=f"t{name}",
            service=order.service,
            priority=PriorityClass(order.priority.value),
            kiosk=self.kiosk,
            **facts,
        )
        return self._request(command, key)

    def _request(self, command: c.Command, key: str) -> Request:
        # As over HTTP: the fingerprint covers the body, neither the names nor the time of sending.
        issue = isinstance(command, c.IssueTicket)
        meant = replace(command, ticket="", sent_at=None, follow_code="") if issue else command
        # As text, because an instant read back from a journal has another zone object.
        said = json.dumps(asdict(meant), default=str)
        fingerprint = hashlib.sha256(said.encode()).hexdigest()
        return Request(command, _answer, key=f"{self.kiosk}/{key}", fingerprint=fingerprint)

    def _send(self, request: Request) -> dict[str, Any]:
        self._reach(request)
        body = self.behind.ask(request)
        if self.deaf:
            raise ServerAwayError(AWAY, "the answer got lost")
        return body

    def _reach(self, request: Request | None) -> None:
        if not self.away:
            return
        if self.slow and request is not None:
            self.late = [*(self.late or []), request]
        raise ServerAwayError(AWAY, "nobody hears")


def _answer(_day: OfficeDay, outcome: Outcome, _at: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if outcome.ticket is not None:
        body = {
            "id": outcome.ticket.id,
            "number": outcome.ticket.label,
            "issued_at": outcome.ticket.issued_at.isoformat(),
        }
    if outcome.block is not None:
        body["block"] = [outcome.block.first, outcome.block.last]
    return body


class HandMachine:
    """A kiosk's machine: a clock that may be wrong and set, and its uptime."""

    def __init__(self, at: datetime) -> None:
        self.at, self.uptime_s, self.boots = at, 100.0, 1

    def __call__(self) -> Moment:
        return Moment(self.at, f"boot-{self.boots}", self.uptime_s)

    def pass_time(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.uptime_s += seconds

    def switch_off_and_on(self) -> None:
        self.boots, self.uptime_s = self.boots + 1, 0.0


Names = Callable[[], tuple[str, str]]


def names(who: str) -> Names:
    """Keys and follow codes of one kiosk, in order."""
    numbers = count(1)

    def make() -> tuple[str, str]:
        number = next(numbers)
        return f"{who}-{number}", f"{who}-code-{number}"

    return make
