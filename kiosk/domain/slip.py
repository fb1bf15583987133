"""What stands on a ticket slip, before anybody thinks of paper or pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """The facts of one slip; never a name or an identity number.

    `ahead` counts people before this one; like the forecast, in minutes, it may be unknown; `basis`
    says on what the forecast stands. `follow_url` becomes the QR code. `bring` lists what to have
    ready, in the slip's language, and `more` counts what had no room in that list. `procedures`
    counts what the one number is for.
    """

    office: str
    number: str
    service: str
    ahead: int | None
    issued_at: datetime
    follow_url: str
    language: str
    p50_min: float | None = None
    p90_min: float | None = None
    bring: tuple[str, ...] = ()
    basis: str = ""
    procedures: int = 1
    more: int = 0
