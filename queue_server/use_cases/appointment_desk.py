"""What is booked and what can be: the read side of appointments, one consistent look at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.contracts import appointment_views as v
from queue_server.contracts.console_views import ProcedureView
from queue_server.contracts.views import Words
from queue_server.domain.appointment import Appointment, AppointmentState
from queue_server.domain.decide import Outcome
from queue_server.domain.office import ZONE, Office, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.slots import free_slots
from queue_server.domain.ticket import TicketState
from queue_server.use_cases.answers import DrawQr
from queue_server.use_cases.keep_day import Body
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import EventReader


class Names:
    """Services and procedures in words; what the office does not offer any more is its own name.

    `procedures` may be given other entries while the office runs.
    """

    def __init__(self, procedures: Sequence[ProcedureView]) -> None:
        self._procedures = procedures

    def service(self, office: Office, service_id: str) -> Words:
        """A service's name."""
        found = office.services.get(service_id)
        return Words(
            vi=found.name_vi if found else service_id, en=found.name_en if found else service_id
        )

    def procedure(self, code: str | None) -> Words | None:
        """A procedure's name, where one is known by this code."""
        return next((one.name for one in self._procedures if one.code == code), None)

    def of_service(self, service_id: str) -> list[v.OfferedProcedure]:
        """The procedures of a service."""
        mine = (one for one in self._procedures if one.service == service_id)
        return [v.OfferedProcedure(code=one.code, name=one.name) for one in mine]


@dataclass(frozen=True, slots=True)
class AppointmentDesk:
    """Shows appointments. `base` is where their pages live; `draw_qr` draws an address."""

    live: LiveOffice
    past: EventReader
    names: Names
    base: str
    draw_qr: DrawQr
    now: Callable[[], datetime]

    def offer(self) -> v.AppointmentOffer:
        """What can be booked at all."""
        with self.live.look() as day:
            office = day.office
            rules = office.appointments
            return v.AppointmentOffer(
                office=Words(vi=office.name_vi, en=office.name_en),
                services=[
                    v.OfferedService(
                        id=service,
                        name=self.names.service(office, service),
                        procedures=self.names.of_service(service),
                    )
                    for service in office.services
                    if rules.capacity.get(service)
                ],
                slot_min=rules.slot / timedelta(minutes=1),
                check_in_early_min=rules.check_in_early / timedelta(minutes=1),
                late_min=office.rules.appointment_late / timedelta(minutes=1),
                home_visits=rules.home_visits > 0,
            )

    def slots(self, service: str) -> list[v.SlotDay]:
        """The days of a service on which anything is offered, full slots too.

        Raises:
            UnknownService: the office does not offer it.
        """
        at = self.now()
        with self.live.look() as day:
            ahead = range(day.office.appointments.days_ahead + 1)
            days = [working_day(at) + timedelta(days=n) for n in ahead]
            found = [(on, free_slots(day, service, on, at)) for on in days]
        return [
            v.SlotDay(
                day=on.isoformat(),
                slots=[v.SlotView(at=slot.at.astimezone(ZONE), free=slot.free) for slot in slots],
            )
            for on, slots in found
            if slots
        ]

    def by_code(self, code: str) -> v.AppointmentView | None:
        """The appointment whose holder has this code; None where there is none."""
        with self.live.look() as day:
            found = day.book.by_code(code)
            return self.view(day, found, self.now()) if found is not None else None

    def with_card(self, card: str) -> list[v.AppointmentView]:
        """What this card (a keyed hash) has booked and not yet used, by time."""
        at = self.now()
        with self.live.look() as day:
            return [
                self.view(day, one, at)
                for one in day.book.with_card(card)
                if one.state is AppointmentState.BOOKED
                or (one.state is AppointmentState.CHECKED_IN and _ticket_unused(day, one))
            ]

    def of_day(self, on: date, services: Iterable[str] | None = None) -> v.AppointmentDay:
        """All appointments of a day, by time; only of these services, where any are named.

        May read the store: not for the event loop.
        """
        at = self.now()
        with self.live.look() as day:
            rows = list(day.book.appointments.values())
            wanted = None if services is None else frozenset(services)
            if on < day.day:
                rows = list(self.past.appointments(on))
            chosen = [
                one
                for one in sorted(rows, key=lambda one: (one.slot_at, one.booked_at, one.id))
                if working_day(one.slot_at) == on and (wanted is None or one.service in wanted)
            ]
            tally = Counter(one.state for one in chosen)
            return v.AppointmentDay(
                day=on.isoformat(),
                booked=tally[AppointmentState.BOOKED],
                checked_in=tally[AppointmentState.CHECKED_IN],
                cancelled=tally[AppointmentState.CANCELLED],
                no_show=tally[AppointmentState.NO_SHOW],
                lapsed=tally[AppointmentState.LAPSED],
                appointments=[self.view(day, one, at) for one in chosen],
            )

    def view(self, day: OfficeDay, one: Appointment, at: datetime) -> v.AppointmentView:
        """One appointment as its holder and staff see it at `at`."""
        rules = day.office.appointments
        ticket = day.tickets.get(one.ticket or "")
        slot_at = one.slot_at.astimezone(ZONE)
        return v.AppointmentView(
            id=one.id,
            code=one.code,
            service=one.service,
            service_name=self.names.service(day.office, one.service),
            procedure=one.procedure,
            procedure_name=self.names.procedure(one.procedure),
            at=slot_at,
            until=slot_at + rules.slot,
            state=one.state.value,
            check_in_from=slot_at - rules.check_in_early,
            late_after=slot_at + day.office.rules.appointment_late,
            number=ticket.label if ticket is not None else None,
            channel=one.channel,
            booked_at=one.booked_at,
            version=one.version,
            allowed=_allowed(day, one, at),
            page_url=f"{self.base.rstrip('/')}/a/{one.code}",
        )

    def answer(self, day: OfficeDay, outcome: Outcome, at: datetime) -> Body:
        """Answer to a move of an appointment."""
        if outcome.appointment is None:
            raise ValueError("a move of an appointment without one")
        return self.view(day, outcome.appointment, at).model_dump(mode="json")

    def answer_booked(self, day: OfficeDay, outcome: Outcome, at: datetime) -> Body:
        """Answer to a booking: with its page as a QR code."""
        if outcome.appointment is None:
            raise ValueError("a booking without an appointment")
        view = self.view(day, outcome.appointment, at)
        size, path = self.draw_qr(view.page_url)
        return {**view.model_dump(mode="json"), "qr_size": size, "qr_path": path}


def _ticket_unused(day: OfficeDay, one: Appointment) -> bool:
    ticket = day.tickets.get(one.ticket or "")
    return ticket is not None and ticket.state is TicketState.VOID


def _allowed(day: OfficeDay, one: Appointment, at: datetime) -> list[str]:
    """What would not be refused at `at`, as `appointment_moves` decides."""
    booked = one.state is AppointmentState.BOOKED
    today = working_day(one.slot_at) == day.day
    open_now = today and at >= one.slot_at - day.office.appointments.check_in_early
    moves = ["move", "cancel"] if booked else []
    return [*moves, *(["check-in"] if open_now and (booked or _ticket_unused(day, one)) else [])]
