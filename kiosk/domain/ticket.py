"""What the kiosk asks for and what it is given: the order, the ticket, the lines outside."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.priority import Priority
from kiosk.domain.words import Language, Words

FIVES_FROM_MIN = 10


class SlipOutcome(StrEnum):
    """How the number reached the citizen."""

    PRINTED = "printed"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """One citizen's wish for a number; with the code of an `appointment` it is a check-in.

    `also` are further procedures of the same service on the same number.
    `visit` is the id of the number that the same citizen took just before. The `card` is for the
    limits of a day alone: it is never printed, logged or kept on disk.
    `papers` are the places, from 0, of the procedure's papers that the citizen says to have along;
    None: the question was left open.
    """

    service: str
    language: Language
    priority: Priority = Priority.NORMAL
    procedure: str | None = None
    papers: tuple[int, ...] | None = None
    appointment: str | None = None
    dossiers: int = 1
    visit: str | None = None
    card: IdentityNumber | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Minutes until the first call: as likely more as less, and rarely more than.

    `basis` says on what it stands, in the server's words.
    """

    p50_min: float
    p90_min: float
    basis: Words | None = None

    def calm(self) -> tuple[int, int]:
        """Round to whole minutes, in fives from ten up: more digits would promise more."""
        p50 = max(1, _calm(self.p50_min, round))
        return p50, max(p50 + 1, _calm(self.p90_min, math.ceil))


def _calm(minutes: float, rounding: Callable[[float], int]) -> int:
    step = 1 if minutes < FIVES_FROM_MIN else 5
    return rounding(minutes / step) * step


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A number that is this citizen's; `ahead` counts the people before, None when unknown."""

    id: str
    number: str
    service: str
    ahead: int | None
    forecast: Forecast | None
    issued_at: datetime
    follow_url: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One service as it is now: people waiting, if known, and what a newcomer would wait."""

    service: str
    letter: str
    name: Words
    waiting: int | None
    forecast: Forecast | None
    counters_open: int
