"""Finds what was promised under a code: an appointment at the office, or staff who come home.

Both codes look alike and stand on paper alike, so nobody is asked which of them theirs is.
"""

from __future__ import annotations

from kiosk.domain.promise import Promise
from kiosk.use_cases.appointment_ports import AppointmentGateway
from kiosk.use_cases.home_visit_ports import HomeVisitGateway
from kiosk.use_cases.ports import RefusedError

UNKNOWN = "unknown_appointment"


def find_promise(book: AppointmentGateway, visits: HomeVisitGateway | None, code: str) -> Promise:
    """Return what has this code.

    Raises:
        RefusedError: `unknown_appointment`, when neither the book nor the visits know it.
        GatewayError: the server is away.
    """
    try:
        return book.find(code)
    except RefusedError as refused:
        if visits is None or refused.code != UNKNOWN:
            raise
        return visits.find(code)
