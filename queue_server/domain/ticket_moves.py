"""Moves of a ticket that no counter makes: issue, confirm, void, cancel, transfer, reinstate."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.faults import IllegalMove, NotEligible, NumberNotLeased
from queue_server.domain.happening import happen
from queue_server.domain.limit_check import check_limits
from queue_server.domain.number_series import LeasedBlock
from queue_server.domain.office import Service, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import LEGAL, Move, Ticket, TicketState, allowed_moves

KIOSK = "kiosk"
CLOCKS_AGREE = timedelta(seconds=2)


def require(ticket: Ticket, move: Move) -> None:
    """Let a legal move pass.

    Raises:
        IllegalMove: the table of ticket states forbids it now.
    """
    if move not in LEGAL[ticket.state]:
        raise IllegalMove(ticket.label, ticket.state, move, allowed_moves(ticket))


def issue_ticket(day: OfficeDay, command: c.IssueTicket, at: datetime) -> Ticket:
    """Take a number from the series, or accept one that a kiosk gave from its block.

    Raises:
        IllegalMove: the id is taken already; a repeat of a request is caught by its key before.
        NotEligible: the appointment is on a later day, so it could never be called today.
        LimitReached: this person has taken as much as one may in a day.
        NumbersExhausted, NumberNotLeased: there is no such number to give.
    """
    known = day.tickets.get(command.ticket)
    if known is not None:
        raise IllegalMove(known.label, known.state, "reserve", allowed_moves(known))
    service = day.service(command.service)
    _require_today(day, command)
    number = command.number
    if number is None:
        if command.channel == KIOSK:  # staff decide for themselves
            check_limits(day, command.card, command.dossiers)
        number = _free_number(day, service)
    else:
        _require_leased(day, command, service.label(number))
    happen(
        day,
        e.TicketReserved(
            at=at,
            ticket=command.ticket,
            service=service.id,
            number=number,
            label=service.label(number),
            priority=command.priority.value,
            channel=command.channel,
            language=command.language,
            follow_code=command.follow_code,
            issued_at=_issued_at(command, at),
            kiosk=command.kiosk,
            procedure=command.procedure,
            papers=command.papers,
            appointment_at=command.appointment_at,
            clock_off_s=(at - command.sent_at).total_seconds() if command.sent_at else None,
            also=command.also or None,
            dossiers=command.dossiers if command.dossiers > 1 else None,
            visit=command.visit,
        ),
    )
    if command.card is not None:
        day.book.keep_person(command.ticket, command.card)
    if command.confirm:
        happen(day, e.TicketConfirmed(at=at, ticket=command.ticket, slip=command.slip))
    return day.ticket(command.ticket)


def _require_today(day: OfficeDay, command: c.IssueTicket) -> None:
    at = command.appointment_at
    if at is not None and working_day(at) > day.day:
        raise NotEligible(f"the appointment is on {working_day(at)}, not today")


def _issued_at(command: c.IssueTicket, at: datetime) -> datetime:
    """The true time of issue on this clock, never in the future.

    The sender's clock may be wrong by years; how long it says to have waited is still right. The
    way here takes its time, too, and not always the same: clocks that agree but for that keep
    the order of people who came within a second.
    """
    if command.issued_at is None or command.sent_at is None:
        return min(command.issued_at or at, at)
    if abs(at - command.sent_at) <= CLOCKS_AGREE:
        return min(command.issued_at, at)
    return at - max(command.sent_at - command.issued_at, timedelta(0))


def _free_number(day: OfficeDay, service: Service) -> int:
    """The next number that nobody bears: a letter may have changed hands within the day."""
    series, blocks = day.series[service.id], day.blocks_of(service.id)
    while day.is_taken(service.label(number := series.take(blocks))):
        series = replace(series, next_number=number + 1)
    return number


def _require_leased(day: OfficeDay, command: c.IssueTicket, label: str) -> None:
    number = command.number
    if command.day not in {None, day.day}:
        raise NumberNotLeased(f"{label} is of {command.day}, and that day is over")
    own = (b for b in day.blocks_of(command.service) if b.kiosk == command.kiosk)
    if number is None or not any(b.offers(number) for b in own) or day.is_taken(label):
        raise NumberNotLeased(f"{label} is not in a block of {command.kiosk}")


def confirm_ticket(day: OfficeDay, command: c.ConfirmTicket, at: datetime) -> Ticket:
    """The citizen has the number. Too late is no fault: silence was taken for a yes."""
    ticket = day.ticket(command.ticket)
    if ticket.state in {TicketState.RESERVED, TicketState.VOID}:
        require(ticket, Move.CONFIRM)
        happen(day, e.TicketConfirmed(at=at, ticket=ticket.id, slip=command.slip))
    return day.ticket(ticket.id)


def void_ticket(day: OfficeDay, command: c.VoidTicket, at: datetime) -> Ticket:
    """The number never reached anybody."""
    ticket = day.ticket(command.ticket)
    require(ticket, Move.VOID)
    happen(day, e.TicketVoided(at=at, ticket=ticket.id))
    return day.ticket(ticket.id)


def cancel_ticket(day: OfficeDay, command: c.CancelTicket, at: datetime) -> Ticket:
    """The citizen leaves the line."""
    ticket = day.ticket(command.ticket)
    require(ticket, Move.CANCEL)
    happen(day, e.TicketCancelled(at=at, ticket=ticket.id, by=command.by))
    return day.ticket(ticket.id)


def withdraw_ticket(day: OfficeDay, command: c.WithdrawTicket, at: datetime) -> Ticket | None:
    """Take the number back while nobody was called by it; later, or unknown today, it stays."""
    ticket = day.tickets.get(command.ticket)
    if ticket is not None and ticket.state is TicketState.RESERVED:
        return void_ticket(day, c.VoidTicket(ticket=ticket.id), at)
    if ticket is not None and ticket.state is TicketState.WAITING:
        return cancel_ticket(day, c.CancelTicket(ticket=ticket.id), at)
    return ticket


def give_slip_again(day: OfficeDay, command: c.GiveSlipAgain, at: datetime) -> Ticket:
    """The same number once more; only while it is still worth something.

    Raises:
        IllegalMove: the visit is over, so the slip would promise what nobody keeps.
    """
    ticket = day.ticket(command.ticket)
    if not ticket.is_open:
        raise IllegalMove(ticket.label, ticket.state, "slip", allowed_moves(ticket))
    happen(day, e.SlipGivenAgain(at=at, ticket=ticket.id, by=command.by))
    return day.ticket(ticket.id)


def transfer_waiting(day: OfficeDay, command: c.TransferWaiting, at: datetime) -> Ticket:
    """Staff move a waiting ticket."""
    ticket = day.ticket(command.ticket)
    if ticket.state is not TicketState.WAITING:
        raise IllegalMove(ticket.label, ticket.state, Move.TRANSFER, allowed_moves(ticket))
    transfer(day, ticket, command, at)
    return day.ticket(ticket.id)


def transfer(
    day: OfficeDay, ticket: Ticket, to: c.Transfer | c.TransferWaiting, at: datetime
) -> None:
    """Move the ticket to another line; its arrival, and so its place, stays.

    Raises:
        UnknownService, UnknownCounter: there is no such target.
        IllegalMove: neither a service nor a counter is named, or the state forbids it.
    """
    require(ticket, Move.TRANSFER)
    service = day.service(to.to_service).id if to.to_service is not None else ticket.service
    if to.to_counter is not None:
        day.counter(to.to_counter)
    elif to.to_service is None:
        raise IllegalMove(
            ticket.label, ticket.state, "transfer without a target", allowed_moves(ticket)
        )
    happen(
        day,
        e.TicketTransferred(
            at=at,
            ticket=ticket.id,
            to_service=service,
            to_counter=to.to_counter,
            counter=ticket.counter,
            by=to.by if isinstance(to, c.TransferWaiting) else None,
        ),
    )


def reinstate(day: OfficeDay, command: c.Reinstate, at: datetime) -> Ticket:
    """The late-comer gets the old place back, within the tolerance."""
    ticket = day.ticket(command.ticket) if command.ticket else day.labelled(command.label or "")
    put_back(day, ticket, at, command.by)
    return day.ticket(ticket.id)


def put_back(day: OfficeDay, ticket: Ticket, at: datetime, by: str | None = None) -> None:
    """Reinstate a no-show; `by` did it from the list.

    Raises:
        IllegalMove: it is no no-show, or came back later than the office tolerates.
    """
    require(ticket, Move.REINSTATE)
    if at - ticket.moved_at > day.office.rules.late_tolerance:
        raise IllegalMove(ticket.label, "no_show for too long", Move.REINSTATE, ())
    happen(day, e.TicketReinstated(at=at, ticket=ticket.id, by=by))


def lease_block(day: OfficeDay, command: c.LeaseBlock, at: datetime) -> LeasedBlock:
    """Set numbers aside for one kiosk."""
    day.service(command.service)
    blocks = day.blocks_of(command.service)
    first, last = day.series[command.service].block(command.size, blocks)
    happen(
        day,
        e.BlockLeased(at=at, kiosk=command.kiosk, service=command.service, first=first, last=last),
    )
    return day.blocks[command.service, first]
