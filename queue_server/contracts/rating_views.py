"""What the rating tablet at a counter shows, and what it sends."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from queue_server.contracts.requests import RatingRequest
from queue_server.contracts.views import View, Words


class TabletView(View):
    """`GET /counters/{n}/rating` and each message of its stream.

    `number` is the ticket that may be rated now; None while nobody has just been served here.
    """

    seq: int
    at: datetime
    office: Words
    counter: int
    counter_name: Words
    number: str | None
    service: Words | None
    reasons: list[str]
    training: bool = False


class TabletRating(RatingRequest):
    """A verdict at the counter; `number` is the ticket that the tablet showed."""

    number: Annotated[str, Field(min_length=2, max_length=12)]


class KioskRating(RatingRequest):
    """A verdict at a kiosk, for the number on the slip."""

    number: Annotated[str, Field(min_length=2, max_length=12)]


class RatingKept(View):
    """The answer to a verdict."""

    number: str
    score: int
