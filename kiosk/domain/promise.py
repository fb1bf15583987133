"""A promise and its paper: an appointment at the office, or staff who come home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.appointment import Appointment
from kiosk.domain.home_visit import HomeVisit
from kiosk.domain.slip import Slip

Promise = Appointment | HomeVisit
"""What a code of eight signs stands for."""


@dataclass(frozen=True, slots=True)
class PromiseSlip(Slip):
    """A slip whose `number` is the code of the promise and whose `follow_url` shows it.

    An appointment has `until` and the time `come_from` which its number can be taken; a visit at
    home has `part`, morning or afternoon, instead.
    """

    at: datetime | None = None
    until: datetime | None = None
    come_from: datetime | None = None
    part: str = ""
