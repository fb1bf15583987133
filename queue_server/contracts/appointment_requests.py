"""Bodies that clients send about appointments and home visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.requests import Channel, Priority, Strict
from queue_server.contracts.written_times import Day, Moment

Service = Annotated[str, Field(min_length=1, max_length=40)]
Procedure = Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
CardNumber = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
Line = Annotated[str, Field(min_length=1, max_length=120)]


class BookingRequest(Strict):
    """Book a time. No name, no phone, no account."""

    service: Service
    at: Moment = Field(description="Begin of a slot that `GET /appointments/slots` names")
    procedure: Procedure | None = None
    channel: Channel = Channel.WEB
    language: Language = "vi"
    card: CardNumber | None = Field(
        default=None,
        description="From a kiosk's scanner only; turned into a keyed hash at once, never kept",
    )


class MoveRequest(Strict):
    """Another time for the same appointment."""

    at: Moment


class FindRequest(Strict):
    """Find the appointments of a card. In the body: addresses of requests are written to logs."""

    card: CardNumber


class CheckInRequest(Strict):
    """The citizen is here."""

    priority: Priority = Priority.NORMAL
    language: Language | None = None
    confirm: bool = Field(
        default=True, description="False: RESERVED until the kiosk says printed or shown"
    )


class HomeVisitRequest(Strict):
    """Ask staff to come home; name, phone and address are sealed before they are kept."""

    service: Service
    day: Day
    part: Literal["morning", "afternoon"]
    procedure: Procedure | None = None
    priority: Priority = Priority.NORMAL
    language: Language = "vi"
    name: Line
    phone: Annotated[str, Field(pattern=r"^[0-9 +.-]{8,20}$")]
    address: Annotated[str, Field(min_length=4, max_length=300)]


class VisitEndRequest(Strict):
    """What staff found: `done`, or nobody was home."""

    done: bool
