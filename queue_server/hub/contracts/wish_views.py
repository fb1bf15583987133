"""What the city's page asks of an office, and how its answer is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from queue_server.contracts.appointment_views import SlotDay
from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View, Words
from queue_server.contracts.written_times import Moment

WishKind = Literal["ticket", "appointment", "slots"]
WishState = Literal["asking", "offline", "unsure", "done", "refused", "never"]
Service = Annotated[str, Field(min_length=1, max_length=40)]


class WishRequest(Strict):
    """What somebody wants of an office; nothing personal, and no account.

    `key` is made by the page before the first try, and whoever has it sees the answer.
    """

    key: str = Field(pattern=r"^[0-9a-f]{32}$")
    kind: WishKind
    service: Service
    at: Moment | None = Field(default=None, description="A slot, for an appointment")
    language: Literal["vi", "en"] = "vi"

    @model_validator(mode="after")
    def _a_time_for_an_appointment(self) -> WishRequest:
        if (self.kind == "appointment") != (self.at is not None):
            raise ValueError("an appointment has a time, and nothing else has one")
        return self


class RemoteNumber(View):
    """A number that the office gave; minutes as it said them when it did."""

    number: str
    ahead: int
    p50_min: float | None
    p90_min: float | None
    issued_at: datetime


class RemoteTime(View):
    """An appointment that the office gave."""

    code: str
    at: datetime
    check_in_from: datetime
    late_after: datetime


class WishView(View):
    """What became of a wish.

    `asking`: handed down, or about to be. `offline`: the office is not there; it is asked until
    `until`, and certainly knows nothing of this yet. `unsure`: it was asked and its answer is
    missing, so it may have decided; it is asked until it says. `done`, `refused` with `words`, and
    `never`: nothing was taken, and nothing will be. `page` is the office's own page for it.
    """

    key: str
    office: str
    kind: WishKind
    service: str
    state: WishState
    asked_at: datetime
    until: datetime
    words: Words | None = None
    ticket: RemoteNumber | None = None
    appointment: RemoteTime | None = None
    days: list[SlotDay] = Field(default_factory=list)
    page: str | None = None
