"""Visits at home over HTTP; name, phone and address go in a body, and no answer repeats them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pydantic import TypeAdapter

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.domain.home_visit import HalfDay, HomeVisit, VisitWish
from kiosk.domain.words import Language, Words
from queue_server.contracts.appointment_requests import HomeVisitRequest
from queue_server.contracts.appointment_views import HalfDayView, HomeVisitView
from queue_server.contracts.requests import Priority

VISITS = "/home-visits"
_HALF_DAYS = TypeAdapter(list[HalfDayView])


class HttpHomeVisits:
    """Asks for visits; `offers` says what the last look at the office's book showed."""

    def __init__(self, gateway: HttpTicketGateway, offers: Callable[[], bool]) -> None:
        self._gateway = gateway
        self._offers = offers

    @property
    def offered(self) -> bool:
        """Whether the office comes home."""
        return self._offers()

    def half_days(self) -> tuple[HalfDay, ...]:
        """When staff can come; full half days, too."""
        answer = self._gateway.ask("GET", f"{VISITS}/half-days", None, None)
        return tuple(
            HalfDay(date.fromisoformat(one.day), one.part, one.left)
            for one in _HALF_DAYS.validate_json(answer)
        )

    def ask(self, wish: VisitWish, language: Language, key: str) -> HomeVisit:
        """Ask for a visit, once however often it is tried with the key."""
        body = HomeVisitRequest.model_validate(
            {
                "service": wish.service,
                "day": wish.day.isoformat() if wish.day else None,
                "part": wish.part,
                "priority": Priority(wish.priority.value),
                "language": language.value,
                "name": wish.name,
                "phone": wish.phone,
                "address": wish.address,
            }
        )
        return _visit(
            self._gateway.ask("POST", VISITS, body.model_dump_json(exclude_none=True), key)
        )

    def find(self, code: str) -> HomeVisit:
        """The visit with this code."""
        return _visit(self._gateway.ask("GET", f"{VISITS}/by-code/{code}", None, None))

    def cancel(self, code: str, key: str) -> HomeVisit:
        """Nobody needs to come any more."""
        return _visit(self._gateway.ask("POST", f"{VISITS}/by-code/{code}/cancel", "{}", key))


def _visit(answer: str | bytes) -> HomeVisit:
    view = HomeVisitView.model_validate_json(answer)
    named = view.procedure_name or view.service_name
    return HomeVisit(
        code=view.code,
        service_name=Words(named.vi, named.en),
        day=date.fromisoformat(view.day),
        part=view.part,
        page_url=view.page_url,
        state=view.state,
        allowed=frozenset(view.allowed),
    )
