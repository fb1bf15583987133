"""What the kiosk asks the server about appointments; slow, so never called by the screen itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.appointment import Appointment, FreeDay
from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.words import Language


@dataclass(frozen=True, slots=True)
class Booking:
    """A wish for a time; with a `card` its holder is found again by the card alone."""

    service: str
    at: datetime
    language: Language
    procedure: str | None = None
    card: IdentityNumber | None = None


class AppointmentGateway(Protocol):
    """The server's book of appointments. Every method may raise `GatewayError`.

    A `key` is made before the first try; the same key changes things once.
    """

    def offered(self) -> frozenset[str]:
        """The services that take appointments."""
        ...

    def free_days(self, service: str) -> tuple[FreeDay, ...]:
        """The days on which a time may be booked."""
        ...

    def book(self, booking: Booking, key: str) -> Appointment:
        """Take a place.

        Raises:
            RefusedError: it is full meanwhile, or this card has a time then already.
        """
        ...

    def find(self, code: str) -> Appointment:
        """The appointment with this code.

        Raises:
            RefusedError: `unknown_appointment`.
        """
        ...

    def of_card(self, card: IdentityNumber) -> tuple[Appointment, ...]:
        """What this card has booked and not used yet, by time."""
        ...

    def move(self, code: str, at: datetime, key: str) -> Appointment:
        """Another time; a refusal leaves the old one as it was."""
        ...

    def cancel(self, code: str, key: str) -> Appointment:
        """Give the place back."""
        ...
