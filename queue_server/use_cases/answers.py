"""Turns the outcome of a command into the body that its sender gets and that retries repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from queue_server.contracts.console_views import SlipView
from queue_server.contracts.views import LeaseView, TicketIssued, Words
from queue_server.domain.decide import Outcome
from queue_server.domain.office import LABEL_DIGITS
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.waiting_time import people_ahead
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.keep_day import Body
from queue_server.use_cases.present import counter_view, forecast_view, ticket_view

Answering = Callable[[OfficeDay, Outcome, datetime], Body]
DrawQr = Callable[[str], tuple[int, str]]


class Answers:
    """The answering functions of all commands.

    `follow_base` is where follow pages live; `draw_qr` gives the side of a QR code in modules and
    its SVG path.
    """

    def __init__(self, forecaster: Forecaster, follow_base: str, draw_qr: DrawQr) -> None:
        self._forecaster = forecaster
        self._draw_qr = draw_qr
        self._follow_base = follow_base.rstrip("/")

    def issued(self, day: OfficeDay, outcome: Outcome, at: datetime) -> Body:
        """Answer to taking a ticket."""
        ticket = _ticket(outcome)
        ahead = people_ahead(day, ticket)
        forecast = None
        if ticket.state in {TicketState.WAITING, TicketState.RESERVED}:
            forecast = forecast_view(self._forecaster.at_issue(day, ticket, at))
        return TicketIssued(
            id=ticket.id,
            number=ticket.label,
            service=ticket.service,
            ahead=ahead,
            forecast=forecast,
            issued_at=ticket.issued_at,
            follow_url=self.follow_url(ticket),
            state=ticket.state.value,
        ).model_dump(mode="json")

    def ticket(self, _day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to a move of a ticket; `{}` where nobody was there to call."""
        if outcome.ticket is None:
            return {}
        return ticket_view(outcome.ticket, _day.day).model_dump(mode="json")

    def counter(self, number: int) -> Answering:
        """Answer to opening, pausing, closing a counter."""

        def answer(day: OfficeDay, _outcome: Outcome, _at: datetime) -> Body:
            return counter_view(day, number).model_dump(mode="json")

        return answer

    def slip(self, day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to giving a slip again: what a browser needs to print it."""
        ticket = _ticket(outcome)
        service = day.office.services.get(ticket.service)
        url = self.follow_url(ticket)
        size, path = self._draw_qr(url)
        return SlipView(
            number=ticket.label,
            service=Words(
                vi=service.name_vi if service else ticket.service,
                en=service.name_en if service else ticket.service,
            ),
            office=Words(vi=day.office.name_vi, en=day.office.name_en),
            issued_at=ticket.issued_at,
            follow_url=url,
            qr_size=size,
            qr_path=path,
        ).model_dump(mode="json")

    def follow_url(self, ticket: Ticket) -> str:
        """The public page of this number."""
        return f"{self._follow_base}/t/{ticket.follow_code}"

    def block(self, day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to leasing numbers."""
        block = outcome.block
        if block is None:
            raise ValueError("a lease without a block")
        return LeaseView(
            service=block.service,
            day=day.day,
            letter=day.service(block.service).letter,
            digits=LABEL_DIGITS,
            first=block.first,
            last=block.last,
            follow_base=f"{self._follow_base}/t/",
        ).model_dump(mode="json")


def _ticket(outcome: Outcome) -> Ticket:
    if outcome.ticket is None:
        raise ValueError("an issue without a ticket")
    return outcome.ticket
