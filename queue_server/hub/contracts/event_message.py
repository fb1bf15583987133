"""One event of one office on its way to the hub, without anything that leads to a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Province = str


class EventMessage(BaseModel):
    """What the relay publishes; `office` with `seq` names it for ever.

    `mark` stands for the event and all before it in this office's chain, `prev` for the one
    before: 128 bits under a key that never leaves the office, so that nobody can try out what a
    removed field said. `machine` is a keyed name of the machine that relays. `sent_at` is the
    office's own clock at the moment of sending. `ticket` and other ids are pseudonyms.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1
    office: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")
    province: str = Field(pattern=r"^[0-9]{2}$", description="Province code, two digits")
    seq: int = Field(ge=1, lt=2**63)
    day: date
    at: datetime
    kind: str = Field(pattern=r"^[A-Za-z]{3,40}$")
    ticket: str | None = None
    counter: int | None = Field(default=None, ge=-(2**31), lt=2**31)
    body: dict[str, Any] = Field(default_factory=dict)
    mark: str = Field(pattern=r"^[0-9a-f]{32}$")
    prev: str = Field(pattern=r"^[0-9a-f]{32}$")
    machine: str = Field(pattern=r"^[0-9a-f]{16}$")
    sent_at: datetime

    @property
    def message_id(self) -> str:
        """What the stream knows a repeat by: office and number, and which past it belongs to.

        Without the mark, an event of a store that was set back would be taken for a repeat of
        another one with the same number, and vanish without a trace.
        """
        return f"{self.office}/{self.seq}/{self.mark[:12]}"


class AskAgain(BaseModel):
    """The hub misses these events of an office, both ends included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: int = Field(ge=1)
    last: int = Field(ge=1)
