"""What only HTTP carries, and MQTT never, when a ticket is taken: a whole visit, and a card."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.contracts.appointment_requests import CardNumber, Procedure
from queue_server.contracts.requests import TicketRequest


class VisitTicketRequest(TicketRequest):
    """Take a ticket for one or several procedures of a service, maybe one of several in a visit."""

    also: Annotated[tuple[Procedure, ...], Field(max_length=8)] = Field(
        default=(), description="Further procedures of the same service on this ticket"
    )
    dossiers: Annotated[int, Field(ge=1, le=200)] = Field(
        default=1, description="How many dossiers are handed in on it"
    )
    visit: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = Field(
        default=None,
        description="Id of the first ticket of the same stay: never called at once",
    )
    card: CardNumber | None = Field(
        default=None,
        description="From a kiosk's scanner only; turned into a keyed hash at once, kept for a day",
    )
