"""The server's book of appointments over HTTP, on the connection that gives the numbers."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import quote

from pydantic import TypeAdapter

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.domain.appointment import Appointment, FreeDay, FreeTime
from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.words import Words
from kiosk.use_cases.appointment_ports import Booking
from queue_server.contracts.appointment_requests import BookingRequest, FindRequest, MoveRequest
from queue_server.contracts.appointment_views import AppointmentOffer, AppointmentView, SlotDay
from queue_server.contracts.requests import Channel
from queue_server.contracts.views import Words as ViewWords

BOOK = "/appointments"
_DAYS = TypeAdapter(list[SlotDay])
_FOUND = TypeAdapter(list[AppointmentView])


class HttpAppointments:
    """Books, finds, moves and cancels; a card's number goes in a body, never in an address."""

    def __init__(self, gateway: HttpTicketGateway) -> None:
        self._gateway = gateway
        self.home_visits = False
        """Whether the office comes home, too: as the last offer said."""

    def offered(self) -> frozenset[str]:
        """The services that take appointments."""
        answer = self._gateway.ask("GET", f"{BOOK}/offer", None, None)
        offer = AppointmentOffer.model_validate_json(answer)
        self.home_visits = offer.home_visits
        return frozenset(service.id for service in offer.services)

    def free_days(self, service: str) -> tuple[FreeDay, ...]:
        """The days on which a time may be booked."""
        days = _DAYS.validate_json(self._gateway.ask("GET", slots_of(service), None, None))
        return tuple(
            FreeDay(
                date.fromisoformat(day.day),
                tuple(FreeTime(slot.at, slot.free) for slot in day.slots),
            )
            for day in days
        )

    def book(self, booking: Booking, key: str) -> Appointment:
        """Take a place."""
        body = BookingRequest(
            service=booking.service,
            at=booking.at,
            procedure=booking.procedure,
            channel=Channel.KIOSK,
            language=booking.language.value,
            card=booking.card.digits if booking.card else None,
        )
        return self._post(BOOK, key, body.model_dump_json(exclude_none=True))

    def find(self, code: str) -> Appointment:
        """The appointment with this code."""
        answer = self._gateway.ask("GET", f"{BOOK}/by-code/{code}", None, None)
        return _appointment(AppointmentView.model_validate_json(answer))

    def of_card(self, card: IdentityNumber) -> tuple[Appointment, ...]:
        """What this card has booked and not used yet, by time."""
        body = FindRequest(card=card.digits).model_dump_json()
        found = self._gateway.ask("POST", f"{BOOK}/find", body, None)
        return tuple(_appointment(view) for view in _FOUND.validate_json(found))

    def move(self, code: str, at: datetime, key: str) -> Appointment:
        """Another time; a refusal leaves the old one as it was."""
        body = MoveRequest(at=at).model_dump_json()
        return self._post(f"{BOOK}/by-code/{code}/move", key, body)

    def cancel(self, code: str, key: str) -> Appointment:
        """Give the place back."""
        return self._post(f"{BOOK}/by-code/{code}/cancel", key, "{}")

    def _post(self, path: str, key: str, body: str) -> Appointment:
        answer = self._gateway.ask("POST", path, body, key)
        return _appointment(AppointmentView.model_validate_json(answer))


def slots_of(service: str) -> str:
    """Where the free times of a service stand."""
    return f"{BOOK}/slots?service={quote(service, safe='')}"


def _words(words: ViewWords) -> Words:
    return Words(words.vi, words.en)


def _appointment(view: AppointmentView) -> Appointment:
    return Appointment(
        code=view.code,
        service=view.service,
        service_name=_words(view.service_name),
        procedure_name=_words(view.procedure_name) if view.procedure_name else None,
        at=view.at,
        until=view.until,
        state=view.state,
        check_in_from=view.check_in_from,
        late_after=view.late_after,
        number=view.number,
        allowed=frozenset(view.allowed),
        page_url=view.page_url,
    )
