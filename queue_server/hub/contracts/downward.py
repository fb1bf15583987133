"""What the hub hands down to an office and what the office answers; a key names each for ever.

The way down is core NATS, request and reply: who asks keeps the request durably, asks again with
the same key until it has an answer, and the office carries each key out once. So a message that
is lost on either way is harmless, and nothing is done twice.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from queue_server.contracts.views import Words

TICKET, APPOINTMENT = "ticket", "appointment"
OFFER, SLOTS = "offer", "slots"
"""Kinds of what people ask; more kinds may be handed down by others."""
PRESENCE = "presence"
"""Are you there? Asks for nothing and changes nothing."""

Outcome = Literal["done", "refused", "never", "again"]


class HandedDown(BaseModel):
    """One request to an office.

    `in_time` false: the person waits no longer; say what became of it, and begin nothing new.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1
    key: str = Field(pattern=r"^[0-9a-f]{32}$", description="Made before the first try")
    kind: str = Field(pattern=r"^[a-z_]{3,40}$")
    body: dict[str, Any] = Field(default_factory=dict)
    in_time: bool = True


class OfficeAnswer(BaseModel):
    """What the office decided.

    `done`: carried out, once, however often it was asked; `body` is the answer. `refused`: decided
    against, nothing happened, `words` say why. `never`: it was not carried out in time and never
    will be. `again`: the office could not decide now; ask again.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1
    key: str
    outcome: Outcome
    body: dict[str, Any] = Field(default_factory=dict)
    words: Words | None = None
