"""What the server answers about appointments and home visits; nothing in it is personal."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from queue_server.contracts.views import View, Words


class OfferedProcedure(View):
    """One procedure that somebody may come for."""

    code: str
    name: Words


class OfferedService(View):
    """A service that takes appointments."""

    id: str
    name: Words
    procedures: list[OfferedProcedure]


class AppointmentOffer(View):
    """`GET /appointments/offer`: what can be booked at all."""

    office: Words
    services: list[OfferedService]
    slot_min: float
    check_in_early_min: float
    late_min: float
    home_visits: bool


class SlotView(View):
    """One half hour and how many more people it takes."""

    at: datetime
    free: int


class SlotDay(View):
    """The slots of one day that are not too near; full ones have `free` 0."""

    day: str
    slots: list[SlotView]


class AppointmentView(View):
    """One appointment as its holder and staff see it.

    `allowed` says what would not be refused now: move, cancel, check-in. `number` is the ticket
    that the check-in gave; `check_in_from` and `late_after` bound the check-in that keeps the
    appointed place.
    """

    id: str
    code: str
    service: str
    service_name: Words
    procedure: str | None
    procedure_name: Words | None
    at: datetime
    until: datetime
    state: str = Field(description="booked, checked_in, cancelled, no_show or lapsed")
    check_in_from: datetime
    late_after: datetime
    number: str | None
    channel: str
    booked_at: datetime
    version: int
    allowed: list[str]
    page_url: str


class AppointmentBooked(AppointmentView):
    """Answer to `POST /appointments`: the appointment, and its page as a QR code to draw."""

    qr_size: int
    qr_path: str


class AppointmentDay(View):
    """`GET /appointments?day=`: the appointments of one day by time, and how many in each state.

    What was cancelled on an earlier day is not among them.
    """

    day: str
    booked: int
    checked_in: int
    cancelled: int
    no_show: int
    lapsed: int
    appointments: list[AppointmentView]


class HalfDayView(View):
    """One half day in which staff can come home, and how many homes they still reach."""

    day: str
    part: str = Field(description="morning or afternoon")
    left: int


class HomeVisitView(View):
    """One home visit as its holder and staff see it; name, phone and address are not in it."""

    id: str
    code: str
    service: str
    service_name: Words
    procedure: str | None
    procedure_name: Words | None
    day: str
    part: str
    priority: str
    state: str = Field(description="requested, done, nobody_home, cancelled or lapsed")
    requested_at: datetime
    allowed: list[str]
    page_url: str
