"""A promise and its paper: an appointment at the office, or staff who come home."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.appointment import Appointment
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.home_visit import HomeVisit
from kiosk.domain.slip import Slip

Promise = Appointment | HomeVisit
"""What a code of eight signs stands for."""


def in_our_words(one: Promise, catalogue: Catalogue) -> Promise:
    """The same promise under the names of the catalogue, which knows them in Khmer, too."""
    service = catalogue.named(one.service_name)
    if isinstance(one, HomeVisit):
        return replace(one, service_name=service)
    procedure = catalogue.named(one.procedure_name) if one.procedure_name else None
    return replace(one, service_name=service, procedure_name=procedure)


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
