"""Which event of a day says last what became of an appointment or a home visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from queue_server.domain import appointment_events as a
from queue_server.domain.appointment import Appointment, AppointmentState, HomeVisit
from queue_server.domain.office import working_day
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.reports.other_facts import OtherFact

Said = tuple[datetime, int]
APPOINTMENT = (
    a.AppointmentBooked,
    a.AppointmentMoved,
    a.AppointmentCancelled,
    a.AppointmentCheckedIn,
    a.AppointmentMissed,
    a.AppointmentLapsed,
)
HOME_VISIT = (
    a.HomeVisitRequested,
    a.HomeVisitCancelled,
    a.HomeVisitEnded,
    a.HomeVisitLapsed,
)


def booked_for(appointments: Iterable[Appointment], day: date) -> list[Appointment]:
    """The appointments for this day, and what was cancelled on it.

    A day's book has what was still open when it began, so what is cancelled in it was so today.
    """
    cancelled = AppointmentState.CANCELLED
    return [
        one for one in appointments if one.state is cancelled or working_day(one.slot_at) == day
    ]


@dataclass(slots=True)
class BookedFacts:
    """Follows a day's events; what earlier days promised is said by the event that carried it."""

    _appointments: dict[str, Said] = field(default_factory=dict)
    _visits: dict[str, Said] = field(default_factory=dict)

    def take(self, stored: StoredEvent) -> None:
        """Follow an event."""
        event, said = stored.event, (stored.event.at, stored.seq)
        if isinstance(event, a.BookCarried):
            self._appointments |= dict.fromkeys((one.id for one in event.appointments), said)
            self._visits |= dict.fromkeys((one.id for one in event.visits), said)
        elif isinstance(event, APPOINTMENT):
            self._appointments[event.appointment] = said
        elif isinstance(event, HOME_VISIT):
            self._visits[event.visit] = said

    def facts(
        self, appointments: Sequence[Appointment], visits: Sequence[HomeVisit]
    ) -> Iterator[OtherFact]:
        """One for each of them, with its state."""
        for one in appointments:
            at, seq = self._appointments[one.id]
            yield OtherFact(what="appointment", at=at, seq=seq, about=one.state.value)
        for visit in visits:
            at, seq = self._visits[visit.id]
            yield OtherFact(what="home_visit", at=at, seq=seq, about=visit.state.value)
