"""Gives one citizen a number: reserve, print, confirm; a failing printer does not take it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta, timezone

from kiosk.domain.catalogue import Catalogue
from kiosk.domain.slip import Slip
from kiosk.domain.ticket import IssuedTicket, SlipOutcome, TicketOrder
from kiosk.domain.words import Words
from kiosk.use_cases.ports import (
    PrinterError,
    PrinterFault,
    PrinterStatus,
    RefusedError,
    ServerAwayError,
    SlipPrinter,
    TicketGateway,
)
from kiosk.use_cases.stand_alone import NoNumbersError, StandAlone

# One zone for the whole country, without summer time.
VIETNAM = timezone(timedelta(hours=7))
# More would make the slip longer than a hand.
BRING_LIMIT = 5
BRING_LIMIT_OF_SEVERAL = 9
MOST_COPIES = 2


@dataclass(frozen=True, slots=True)
class Issued:
    """The number, how it reached the citizen, and what stood in the way.

    `confirmed` False: the server has not heard yet that the citizen has the number.
    """

    ticket: IssuedTicket
    slip: SlipOutcome
    fault: PrinterFault | None
    confirmed: bool
    paper: Slip | None = None
    """What is printed once more when somebody asks for it."""
    second: bool = False
    """Whether the slip came out of the second printer."""
    own: bool = False
    """Whether it is a number of this kiosk's own, which the server does not know yet."""
    copies: int = 0
    """How often the slip was printed once more."""

    @property
    def may_print_again(self) -> bool:
        """Whether one more try costs no more paper than a lost slip is worth."""
        return self.paper is not None and self.copies < MOST_COPIES


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip says beside the ticket: the office and the catalogue behind the service.

    `khmer` says that slips may be Khmer.
    """

    office: Words
    catalogue: Catalogue
    khmer: bool = False


class IssueTicket:
    """The way from a wish to a number in the hand. Used by one thread at a time."""

    def __init__(  # noqa: PLR0913, PLR0917 - what one number takes
        self,
        gateway: TicketGateway,
        printer: SlipPrinter | None,
        facts: SlipFacts,
        new_key: Callable[[], str],
        on_printer: Callable[[PrinterStatus], None],
        alone: StandAlone | None = None,
    ) -> None:
        """Put the parts together; without `alone` there is no number while the server is away."""
        self._gateway = gateway
        self._printer = printer
        self._facts = facts
        self._new_key = new_key
        self._on_printer = on_printer
        self._alone = alone
        self._owed: dict[str, SlipOutcome] = {}
        self._unwanted: dict[str, TicketOrder] = {}

    def named(self, office: Words) -> None:
        """The office has this name on slips from now on."""
        self._facts = replace(self._facts, office=office)

    def offers(self, catalogue: Catalogue) -> None:
        """Papers to bring are named by this catalogue from now on."""
        self._facts = replace(self._facts, catalogue=catalogue)

    def __call__(self, order: TicketOrder) -> Issued:
        """Reserve a number, put it on paper or on the screen, and tell the server which.

        Raises:
            GatewayError: no number was given.
        """
        ticket, own = self._take(order, self._new_key())
        paper = self._slip(ticket, order)
        fault, second = self._print(paper)
        slip = SlipOutcome.PRINTED if fault is None and self._printer else SlipOutcome.SHOWN
        if own is not None:
            own.reached(ticket.id, slip)
        confirmed = own is not None or self._tell(ticket.id, slip)
        again = paper if self._printer else None
        return Issued(ticket, slip, fault, confirmed, again, second, own=own is not None)

    def again(self, issued: Issued) -> Issued:
        """Try once more to print the slip; the number is the same and counted already."""
        if issued.paper is None:
            return issued
        fault, second = self._print(issued.paper)
        if fault is not None or self._printer is None:
            # The first slip, if there was one, is still in the citizen's hand.
            return replace(issued, fault=fault, paper=issued.paper if self._printer else None)
        was_there = issued.slip is SlipOutcome.PRINTED
        copies = issued.copies + was_there
        return replace(issued, slip=SlipOutcome.PRINTED, fault=None, second=second, copies=copies)

    def settle(self) -> int:
        """Tell the server again what it has not heard, and give back what nobody got.

        Returns:
            how many confirmations are still owed.
        """
        for key, order in list(self._unwanted.items()):
            self._give_back(key, order)
        for ticket_id, slip in list(self._owed.items()):
            self._tell(ticket_id, slip)
        return len(self._owed)

    def _take(self, order: TicketOrder, key: str) -> tuple[IssuedTicket, StandAlone | None]:
        """A number of the server's, or one of this kiosk's own and who will hand it in."""
        alone = self._alone
        if alone is None or order.appointment is not None:
            # Only the server knows what was promised: nobody loses an appointed place here.
            return self._gateway.reserve(order, key), None
        if alone.now and alone.left(order.service):
            return alone.give(order), alone
        try:
            ticket = self._gateway.reserve(order, key)
        except ServerAwayError:
            alone.lost()
            # Nobody knows whether the server has reserved a number under this key.
            try:
                return alone.give(order, replaces=key), alone
            except NoNumbersError:
                self._unwanted[key] = order
                raise
        alone.took(order.service)
        return ticket, None

    def _give_back(self, key: str, order: TicketOrder) -> None:
        """Void what a try without an answer has reserved; its citizen was told "no number"."""
        try:
            self._gateway.void(self._gateway.reserve(order, key).id)
        except ServerAwayError:
            return
        except RefusedError:
            pass  # after a minute the server counts it as given, and staff will call it in vain
        self._unwanted.pop(key, None)

    def _tell(self, ticket_id: str, slip: SlipOutcome) -> bool:
        try:
            self._gateway.confirm(ticket_id, slip)
        except ServerAwayError:
            self._owed[ticket_id] = slip
            return False
        except RefusedError:
            # The server has decided otherwise (day closed, voided): asking again changes nothing.
            self._owed.pop(ticket_id, None)
            return False
        self._owed.pop(ticket_id, None)
        return True

    def _print(self, paper: Slip) -> tuple[PrinterFault | None, bool]:
        """Print; what stood in the way, and whether the second printer did it."""
        if self._printer is None:
            return None, False
        try:
            status = self._printer.print_slip(paper)
        except PrinterError as error:
            self._on_printer(self._printer.status())
            return error.fault, False
        self._on_printer(status)
        return None, status.broken is not None

    def _slip(self, ticket: IssuedTicket, order: TicketOrder) -> Slip:
        catalogue = self._facts.catalogue
        language = order.language.on_paper(khmer=self._facts.khmer)
        service = catalogue.service(ticket.service)
        codes = (*((order.procedure,) if order.procedure else ()), *order.also)
        found = [one for code in codes if (one := catalogue.procedure(code)) is not None]
        # What two procedures ask for is brought once.
        bring = dict.fromkeys(
            paper.name.of(language)
            for procedure in found
            for paper in procedure.documents
            if not paper.conditional
        )
        limit = BRING_LIMIT_OF_SEVERAL if order.also else BRING_LIMIT
        forecast = ticket.forecast
        return Slip(
            office=self._facts.office.of(language),
            number=ticket.number,
            service=service.name.on_slip(language) if service else ticket.service,
            ahead=ticket.ahead,
            issued_at=ticket.issued_at.astimezone(VIETNAM),
            follow_url=ticket.follow_url,
            language=language.value,
            p50_min=forecast.p50_min if forecast else None,
            p90_min=forecast.p90_min if forecast else None,
            basis=forecast.basis.of(language) if forecast and forecast.basis else "",
            bring=tuple(bring)[:limit],
            procedures=max(1, len(codes)),
            more=max(0, len(bring) - limit),
        )
