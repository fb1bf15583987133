"""The clerk's console as one consistent look: what this counter does, and whom it calls next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from queue_server.contracts import console_views as v
from queue_server.contracts.views import Words
from queue_server.domain.appointment import Appointment, AppointmentState
from queue_server.domain.breaks import next_break
from queue_server.domain.call_order import Expected, call_order
from queue_server.domain.counter_allowed import allowed_at, undo_until
from queue_server.domain.counter_asks import is_asked
from queue_server.domain.office import Counter, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket
from queue_server.domain.waiting_time import arrived_at
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.present import ticket_view

LINE_SHOWN = 30
LISTED = 30


class Console:
    """Builds the views of one office's consoles."""

    def __init__(
        self, live: LiveOffice, help_asked: Callable[[], Mapping[int, datetime]] = dict
    ) -> None:
        """Look at `live`; `help_asked` is `StaffHelp.asked`."""
        self._live = live
        self._help_asked = help_asked

    def view(self, number: int, at: datetime) -> v.ConsoleView:
        """Everything the clerk of this counter sees.

        Raises:
            UnknownCounter: the office has no such counter.
        """
        with self._live.look() as day:
            configured, now = day.counter(number)
            ticket = day.tickets.get(now.ticket) if now.ticket is not None else None
            rest = next_break(day, number, at)
            return v.ConsoleView(
                seq=self._live.seq,
                at=at,
                office=Words(vi=day.office.name_vi, en=day.office.name_en),
                number=number,
                name=Words(vi=configured.name_vi, en=configured.name_en),
                state=now.state.value,
                version=now.version,
                priority=configured.priority.value,
                services=[entry.service for entry in configured.profile],
                recall_limit=day.office.rules.recall_limit,
                allowed=allowed_at(day, number, at),
                citizen=_citizen(day, ticket) if ticket is not None else None,
                held=[_held(held) for held in day.held_at(number)],
                absent=self._absent(day, number, at),
                appointments=self._appointments(day, number),
                line=self._line(day, number, at, LINE_SHOWN),
                training=day.office.training,
                asked_for=now.asked_for if is_asked(now) else None,
                asked_at=now.asked_at if is_asked(now) else None,
                profile=now.profile,
                profiles=_profiles(day.office.counters[number]),
                break_from=rest[0] if rest else None,
                break_until=rest[1] if rest else None,
                help_since=self._help_asked().get(number),
            )

    def _line(self, day: OfficeDay, number: int, at: datetime, most: int) -> v.LineView:
        order = call_order(day, number, at, most)
        return v.LineView(
            seq=self._live.seq,
            at=at,
            counter=number,
            total=day.waiting_for(number),
            first=[_entry(day, number, place, one) for place, one in enumerate(order, 1)],
        )

    def _absent(self, day: OfficeDay, number: int, at: datetime) -> list[v.ConsoleTicket]:
        """Who may still come back, the last first."""
        configured, _ = day.counter(number)
        tolerance = day.office.rules.late_tolerance
        gone = [day.tickets[ticket_id] for ticket_id in reversed(self._live.lists.absent)]
        return [
            _listed(ticket, ticket.moved_at, ticket.moved_at + tolerance)
            for ticket in gone
            if at - ticket.moved_at <= tolerance
            and day.may_serve(configured, ticket.service) is not None
        ][:LISTED]

    def _appointments(self, day: OfficeDay, number: int) -> list[v.ConsoleTicket]:
        """Today's appointments of this counter's services that are still to come, by time.

        Who has booked and is not here yet has no number.
        """
        configured, _ = day.counter(number)
        booked = [
            (ticket.appointment_at, ticket)
            for ticket_id in self._live.lists.booked
            if (ticket := day.tickets[ticket_id]).appointment_at is not None
            and ticket.is_open
            and configured.serves(ticket.service)
        ]
        here = [(at, _listed(ticket, ticket.moved_at, None)) for at, ticket in booked]
        coming = [
            (one.slot_at, _coming(one))
            for one in day.book.appointments.values()
            if one.state is AppointmentState.BOOKED
            and working_day(one.slot_at) == day.day
            and configured.serves(one.service)
        ]
        ahead = sorted([*here, *coming], key=lambda pair: (pair[0], pair[1].number))
        return [ticket for _, ticket in ahead[:LISTED]]


def _profiles(counter: Counter) -> list[v.ProfileView]:
    """The usual work first; empty where there is no other."""
    if not counter.others:
        return []
    usual = v.ProfileView(
        id=None,
        name=Words(vi="Việc thường ngày", en="Usual work"),
        services=[entry.service for entry in counter.profile],
        by_clerk=True,
    )
    return [
        usual,
        *(
            v.ProfileView(
                id=one.id,
                name=Words(vi=one.name_vi, en=one.name_en),
                services=[entry.service for entry in one.profile],
                by_clerk=one.by_clerk,
            )
            for one in counter.others
        ),
    ]


def _coming(one: Appointment) -> v.ConsoleTicket:
    return v.ConsoleTicket(
        id=one.id,
        number="",
        service=one.service,
        state=one.state.value,
        since=one.booked_at,
        until=None,
        appointment_at=one.slot_at,
    )


def _citizen(day: OfficeDay, ticket: Ticket) -> v.ConsoleCitizen:
    return v.ConsoleCitizen(
        ticket=ticket_view(ticket, day.day),
        since=arrived_at(day.office, ticket),
        served_s=ticket.served_s,
        serving_since=ticket.serving_since,
        undo_until=undo_until(day, ticket),
    )


def _entry(day: OfficeDay, counter: int, place: int, one: Expected) -> v.LineEntry:
    ticket = one.ticket
    return v.LineEntry(
        place=place,
        id=ticket.id,
        number=ticket.label,
        service=ticket.service,
        priority=ticket.priority.value,
        language=ticket.language,
        procedures=list(ticket.procedures),
        dossiers=ticket.dossiers,
        since=day.office.wait_starts(ticket.service, ticket.line_since),
        waited_min=round(one.waited_s / 60, 1),
        limit_min=round(one.limit_s / 60, 1),
        reason=one.kind.value,
        appointment_at=ticket.appointment_at,
        sent=ticket.to_counter == counter,
    )


def _held(ticket: Ticket) -> v.ConsoleTicket:
    return _listed(ticket, ticket.moved_at, ticket.held_until)


def _listed(ticket: Ticket, since: datetime, until: datetime | None) -> v.ConsoleTicket:
    return v.ConsoleTicket(
        id=ticket.id,
        number=ticket.label,
        service=ticket.service,
        state=ticket.state.value,
        since=since,
        until=until,
        appointment_at=ticket.appointment_at,
    )
