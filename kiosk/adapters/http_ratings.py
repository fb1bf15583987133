"""Verdicts of citizens over HTTP, on the connection that gives the numbers."""

from __future__ import annotations

from urllib.parse import quote

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.use_cases.rating_ports import Verdict
from queue_server.contracts.rating_views import KioskRating
from queue_server.contracts.views import FollowView


class HttpRatings:
    """One verdict a ticket: the server refuses the second."""

    def __init__(self, gateway: HttpTicketGateway) -> None:
        self._gateway = gateway

    def number_of(self, code: str) -> str:
        """The number on the slip with this code."""
        answer = self._gateway.ask("GET", f"/follow/{quote(code, safe='')}", None, None)
        return FollowView.model_validate_json(answer).number

    def rate(self, verdict: Verdict, key: str) -> None:
        """Send it with its key, so that a lost answer rates nothing twice."""
        body = KioskRating(number=verdict.number, score=verdict.score, reasons=verdict.reasons)
        self._gateway.ask("POST", "/ratings", body.model_dump_json(), key)
