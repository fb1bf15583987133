"""The book of times to come: appointments and home visits by id, and what is kept beside events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from queue_server.domain.appointment import Appointment, AppointmentState, HomeVisit, VisitState
from queue_server.domain.faults import UnknownAppointment


@dataclass(slots=True)
class BookChanges:
    """What a piece of work touched.

    `cards` (keyed hash of an identity number by appointment), `contacts` (sealed name, phone and
    address by home visit) and `persons` (keyed hash by ticket, for a day) are personal: they never
    stand in an event, because an event is for ever. None means: forget it.
    """

    appointments: dict[str, Appointment] = field(default_factory=dict)
    visits: dict[str, HomeVisit] = field(default_factory=dict)
    cards: dict[str, str | None] = field(default_factory=dict)
    contacts: dict[str, bytes | None] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)


class Book:
    """One day's view of it: what earlier days promised for today and later, and today's changes."""

    def __init__(self) -> None:
        self.appointments: dict[str, Appointment] = {}
        self.visits: dict[str, HomeVisit] = {}
        self.cards: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        self.changes = BookChanges()
        self._codes: dict[str, str] = {}
        self._visit_codes: dict[str, str] = {}

    def appointment(self, appointment_id: str) -> Appointment:
        """An appointment by id.

        Raises:
            UnknownAppointment: none has this id.
        """
        try:
            return self.appointments[appointment_id]
        except KeyError:
            raise UnknownAppointment(f"no appointment '{appointment_id}'") from None

    def visit(self, visit_id: str) -> HomeVisit:
        """A home visit by id.

        Raises:
            UnknownAppointment: none has this id.
        """
        try:
            return self.visits[visit_id]
        except KeyError:
            raise UnknownAppointment(f"no home visit '{visit_id}'") from None

    def by_code(self, code: str) -> Appointment | None:
        """The appointment whose holder has this code."""
        found = self._codes.get(code)
        return self.appointments[found] if found is not None else None

    def visit_by_code(self, code: str) -> HomeVisit | None:
        """The home visit whose holder has this code."""
        found = self._visit_codes.get(code)
        return self.visits[found] if found is not None else None

    def with_card(self, card: str) -> list[Appointment]:
        """All appointments made with this card, by time."""
        mine = [self.appointments[i] for i, other in self.cards.items() if other == card]
        return sorted(mine, key=lambda one: one.slot_at)

    def still_open(self) -> tuple[tuple[Appointment, ...], tuple[HomeVisit, ...]]:
        """What the next day must know."""
        booked, requested = AppointmentState.BOOKED, VisitState.REQUESTED
        return (
            tuple(one for one in self.appointments.values() if one.state is booked),
            tuple(visit for visit in self.visits.values() if visit.state is requested),
        )

    # -- changing -------------------------------------------------------------------------

    def put_appointment(self, appointment: Appointment) -> None:
        """Replace or add an appointment."""
        self.appointments[appointment.id] = appointment
        self._codes[appointment.code] = appointment.id
        self.changes.appointments[appointment.id] = appointment

    def put_visit(self, visit: HomeVisit) -> None:
        """Replace or add a home visit."""
        self.visits[visit.id] = visit
        self._visit_codes[visit.code] = visit.id
        self.changes.visits[visit.id] = visit

    def keep_card(self, appointment: str, card: str) -> None:
        """Remember whose appointment it is, as a keyed hash."""
        self.cards[appointment] = self.changes.cards[appointment] = card

    def forget_card(self, appointment: str) -> None:
        """The appointment stays, and is found by its code alone."""
        self.cards.pop(appointment, None)
        self.changes.cards[appointment] = None

    def keep_person(self, ticket: str, card: str) -> None:
        """Remember for this day whose ticket it is, as a keyed hash."""
        self.persons[ticket] = self.changes.persons[ticket] = card

    def keep_contact(self, visit: str, sealed: bytes | None) -> None:
        """Have it kept how to find the citizen, or forgotten; memory holds it to the commit."""
        self.changes.contacts[visit] = sealed

    def take_changes(self) -> BookChanges:
        """What happened since the last time this was asked."""
        taken, self.changes = self.changes, BookChanges()
        return taken

    def restore(self, rows: BookChanges) -> None:
        """Take over rows that were stored or committed; they do not count as changes."""
        for appointment in rows.appointments.values():
            self.put_appointment(appointment)
        for visit in rows.visits.values():
            self.put_visit(visit)
        for appointment_id, card in rows.cards.items():
            if card is None:
                self.cards.pop(appointment_id, None)
            else:
                self.cards[appointment_id] = card
        self.persons.update(rows.persons)
        self.changes = BookChanges()

    def all_rows(self) -> BookChanges:
        """Everything, as if it had just changed."""
        return BookChanges(
            dict(self.appointments),
            dict(self.visits),
            dict(self.cards),
            persons=dict(self.persons),
        )

    def take_cards(self, known: Mapping[str, str]) -> None:
        """The cards of what an earlier day left open; they are kept already."""
        self.cards.update({i: card for i, card in known.items() if i in self.appointments})
