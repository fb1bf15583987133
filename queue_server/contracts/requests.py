"""Bodies that clients send over HTTP; the MQTT kiosk request carries the same ticket body."""

from __future__ import annotations

from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from queue_server.contracts.written_times import Day, Moment

PLAIN = frozenset({int, float, bool, NoneType})
SENT_AT_HEADER = "Motcua-Sent-At"
"""Beside the body and not in it: a repeat is the same request, sent later."""


class Strict(BaseModel):
    """Unknown fields are an error: a misspelt option must not be lost in silence.

    What the schema calls a number is none in quotes and not `true`, which Pydantic alone takes for
    1; what it calls true or false is no number and no word.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _as_the_schema_says(cls, value: Any, info: ValidationInfo) -> Any:
        kinds = _kinds(cls.model_fields[str(info.field_name)].annotation)
        number, truth = bool(kinds & {int, float}), bool in kinds
        if isinstance(value, bool) and number and not truth:
            raise ValueError("a number, not true or false")
        if isinstance(value, str) and (number or truth) and not kinds - PLAIN:
            raise ValueError("viết không có ngoặc kép / written without quotes")
        if isinstance(value, int | float) and truth and not number and not isinstance(value, bool):
            raise ValueError("true or false, not a number")
        return value


def _kinds(annotation: Any) -> set[Any]:
    """The types that a field may have, without what is annotated to them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _kinds(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return {kind for part in get_args(annotation) for kind in _kinds(part)}
    return {annotation}


class Priority(StrEnum):
    """Why a citizen is served before others; declared by the citizen, verified by staff."""

    NORMAL = "normal"
    AGE_60 = "age_60"
    AGE_80 = "age_80"
    PREGNANT = "pregnant"
    DISABLED = "disabled"
    MERIT = "merit"
    SMALL_CHILD = "small_child"


class Channel(StrEnum):
    """Where a ticket was taken."""

    KIOSK = "kiosk"
    STAFF = "staff"
    WEB = "web"
    APPOINTMENT = "appointment"
    REPLAY = "replay"


class SlipOutcome(StrEnum):
    """How the number reached the citizen."""

    PRINTED = "printed"
    SHOWN = "shown"


PaperPlace = Annotated[int, Field(ge=0, le=99)]
FollowCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16}$")]


class TicketRequest(Strict):
    """Take a ticket, or hand in one that a kiosk gave from its block while it was alone."""

    service: Annotated[str, Field(min_length=1, max_length=40)]
    priority: Priority = Priority.NORMAL
    channel: Channel = Channel.KIOSK
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "vi"
    procedure: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")] | None = None
    papers: Annotated[tuple[PaperPlace, ...], Field(max_length=20)] | None = Field(
        default=None,
        description="Places, from 0, of the procedure's papers that the citizen says to have along",
    )
    kiosk: Annotated[str, Field(max_length=64)] | None = None
    issued_at: Moment | None = Field(
        default=None, description="True time of a ticket that a kiosk gave while alone"
    )
    number: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="A number from the kiosk's leased block"
    )
    day: Day | None = Field(
        default=None, description="Working day of that block; on another day it is refused"
    )
    appointment: Moment | None = None
    confirm: bool = Field(
        default=True, description="False: RESERVED until the kiosk says printed or shown"
    )
    follow_code: FollowCode | None = Field(
        default=None, description="Made by a kiosk while alone: it stands on the slip already"
    )
    slip: SlipOutcome | None = Field(
        default=None, description="How the number reached the citizen, where `confirm` is true"
    )
    replaces: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None,
        description="Key of this sender's try that was never answered and given up: what came of "
        "it is taken back, and the try is refused if it arrives late",
    )


class ConfirmRequest(Strict):
    """The slip of a reserved ticket was printed, or its number shown with a QR code."""

    slip: SlipOutcome = SlipOutcome.PRINTED


class LeaseRequest(Strict):
    """Ask for a block of numbers that a kiosk may give while the server is away."""

    service: Annotated[str, Field(min_length=1, max_length=40)]
    size: Annotated[int, Field(ge=1, le=500)] = 20


class CounterMove(Strict):
    """Body of every counter move; all fields are optional."""

    expected_version: int | None = Field(
        default=None, description="The counter version the sender saw; stale → 409"
    )
    number: Annotated[str, Field(max_length=12)] | None = Field(
        default=None, description="Ticket label, for `call`, `resume` and `reinstate`"
    )
    to_service: Annotated[str, Field(max_length=40)] | None = None
    to_counter: int | None = None
    due_at: Moment | None = Field(default=None, description="`hold`: back in line at")
    procedure: Annotated[str, Field(pattern=r"^[1-9]\.[0-9]{6}$")] | None = None
    outcome: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, description="`finish`: outcome code, for example NORMAL"
    )
    profile: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, description="`profile`: the work wanted; none: the usual one"
    )
    note: Annotated[str, Field(max_length=400)] | None = Field(
        default=None, description="`note`: up to 200 letters and nothing personal"
    )


class AskRequest(Strict):
    """The manager asks a counter to open for this service."""

    service: Annotated[str, Field(min_length=1, max_length=40)]


class LateRequest(Strict):
    """The holder of a slip comes later."""

    minutes: Annotated[int, Field(ge=1, le=120)]


class RatingRequest(Strict):
    """A citizen rates the visit; `comment` is refused when it leads to a person."""

    score: Annotated[int, Field(ge=1, le=5)]
    reasons: Annotated[tuple[str, ...], Field(max_length=5)] = ()
    comment: Annotated[str, Field(max_length=400)] = ""


class PersonSignIn(Strict):
    """A person signs in and gets a cookie."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class PasswordChange(Strict):
    """A person's own password, old and new."""

    old: Annotated[str, Field(max_length=200)]
    new: Annotated[str, Field(max_length=200)]


class SignInRequest(Strict):
    """A browser signs in and gets a cookie."""

    secret: Annotated[str, Field(min_length=16, max_length=200)]
