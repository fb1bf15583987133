"""A small office in memory that gives numbers, and the fake gateway that asks it directly.

It keeps to the contract: reserve, confirm, void, one answer per key. `fail_next` breaks it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kiosk.domain.own_numbers import Block, OwnTicket
from kiosk.domain.ticket import Forecast, IssuedTicket, SlipOutcome, TicketOrder, WaitingLine
from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Words
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.problems import TITLES, ProblemCode

ISSUED_AT = datetime(2026, 5, 12, 1, 15, tzinfo=UTC)
TODAY = date(2026, 5, 12)
FOLLOW = "https://motcua.phuong-mau.example/t/"
SERVICES = {
    "HT": ("A", "Hộ tịch", "Civil status"),
    "CT": ("B", "Chứng thực", "Certification"),
    "DD": ("C", "Đất đai", "Land"),
    "XD": ("D", "Xây dựng", "Construction"),
    "LD": ("E", "Lao động – bảo trợ xã hội", "Social protection"),
    "KD": ("F", "Hộ kinh doanh", "Household business"),
    "BH": ("G", "Bảo hiểm xã hội", "Social insurance"),
    "CA": ("H", "Cư trú, căn cước", "Residence, ID card"),
    "NV": ("N", "Nghĩa vụ quân sự", "Military service"),
}


class OfficeError(Exception):
    """The office says no."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass
class Ticket:
    """One number as the office knows it."""

    id: str
    number: str
    service: str
    ahead: int
    order: dict[str, object]
    state: str = "reserved"
    slip: str | None = None


@dataclass
class TicketOffice:
    """Numbers per service; `fail_next` is raised once by the next command."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SERVICES, 3))
    fail_next: ProblemCode | None = None
    commands: int = 0
    rules: VisitRules = field(default_factory=VisitRules)
    leased: dict[str, int] = field(default_factory=dict)
    handed_in: dict[str, OwnTicket] = field(default_factory=dict)

    def reserve(self, order: dict[str, object], key: str) -> tuple[Ticket, bool]:
        """Return the ticket and whether the key was known already."""
        self._count()
        if key in self.keys:
            return self.tickets[self.keys[key]], True
        service = str(order["service"])
        if service not in SERVICES:
            raise OfficeError(ProblemCode.UNKNOWN_SERVICE)
        given = sum(ticket.service == service for ticket in self.tickets.values()) + 1
        number = f"{SERVICES[service][0]}{given:03d}"
        ticket = Ticket(f"t-{service}-{given}", number, service, self.waiting[service], order)
        self.tickets[ticket.id] = ticket
        self.keys[key] = ticket.id
        return ticket, False

    def confirm(self, ticket_id: str, slip: str) -> Ticket:
        """Let the ticket wait; saying it twice is saying it once."""
        ticket = self._reserved(ticket_id, "waiting")
        if ticket.state == "reserved":
            self.waiting[ticket.service] += 1
        ticket.state, ticket.slip = "waiting", slip
        return ticket

    def void(self, ticket_id: str) -> Ticket:
        """Take the number back."""
        ticket = self._reserved(ticket_id, "void")
        ticket.state = "void"
        return ticket

    def _reserved(self, ticket_id: str, then: str) -> Ticket:
        self._count()
        ticket = self.tickets.get(ticket_id)
        if ticket is None:
            raise OfficeError(ProblemCode.UNKNOWN_TICKET)
        if ticket.state not in {"reserved", then}:
            raise OfficeError(ProblemCode.ILLEGAL_MOVE)
        return ticket

    def _count(self) -> None:
        self.commands += 1
        if self.fail_next is not None:
            code, self.fail_next = self.fail_next, None
            raise OfficeError(code)


class FakeGateway:
    """Asks the office without a network; `away` plays an outage, `open` holds numbers back."""

    def __init__(self, office: TicketOffice) -> None:
        self.office = office
        self.away = False
        self.open = threading.Event()
        self.open.set()

    def lines(self) -> tuple[WaitingLine, ...]:
        self._reach()
        return tuple(
            WaitingLine(
                service, letter, Words(vi, en), self.office.waiting[service],
                Forecast(12.0, 25.0), 2,
            )
            for service, (letter, vi, en) in SERVICES.items()
        )  # fmt: skip

    def reserve(self, order: TicketOrder, key: str) -> IssuedTicket:
        self._reach()
        self.open.wait()
        body = {
            "service": order.service,
            "priority": order.priority.value,
            "language": order.language.value,
            "procedure": order.procedure,
        }
        card = order.card.digits if order.card else None
        more = {"appointment": order.appointment, "visit": order.visit, "card": card}
        body |= {name: value for name, value in more.items() if value is not None}
        if order.dossiers > 1:
            body["dossiers"] = order.dossiers
        if order.also:
            body |= {"also": list(order.also), "papers": list(order.papers or ())}
        try:
            ticket, _ = self.office.reserve(body, key)
        except OfficeError as error:
            raise _as_gateway_error(error) from None
        return IssuedTicket(
            ticket.id, ticket.number, ticket.service, ticket.ahead,
            Forecast(12.0, 25.0), ISSUED_AT, FOLLOW + ticket.id,
        )  # fmt: skip

    def visit_rules(self) -> VisitRules:
        self._reach()
        return self.office.rules

    def confirm(self, ticket_id: str, slip: SlipOutcome) -> None:
        self._reach()
        try:
            self.office.confirm(ticket_id, slip.value)
        except OfficeError as error:
            raise _as_gateway_error(error) from None

    def void(self, ticket_id: str) -> None:
        self._reach()
        try:
            self.office.void(ticket_id)
        except OfficeError as error:
            raise _as_gateway_error(error) from None

    def lease(self, service: str, size: int, key: str) -> Block:
        self._reach()
        del key
        first = self.office.leased.get(service, 500)
        self.office.leased[service] = first + size
        letter = SERVICES[service][0]
        return Block(service, TODAY, letter, 3, first, first + size - 1, FOLLOW)

    def hand_in(self, ticket: OwnTicket, sent_at: datetime) -> None:
        self._reach()
        del sent_at
        self.office.handed_in.setdefault(ticket.key, ticket)

    def clock_ahead(self) -> timedelta:
        return timedelta(0)

    def close(self) -> None:
        """Nothing is held."""

    def _reach(self) -> None:
        if self.away:
            raise ServerAwayError(
                Words("Hệ thống đang kết nối lại.", "Reconnecting."), "the test took it away"
            )


def _as_gateway_error(error: OfficeError) -> RefusedError | ServerAwayError:
    en, vi = TITLES[error.code]
    if error.code in {ProblemCode.STORE_UNAVAILABLE, ProblemCode.INTERNAL}:
        return ServerAwayError(Words(vi, en))
    return RefusedError(error.code.value, Words(vi, en))
