"""Home visits as their holders and staff see them, and the sheet staff take along."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from queue_server.contracts import appointment_views as v
from queue_server.domain.appointment import HalfDay, HomeVisit, VisitState
from queue_server.domain.decide import Outcome
from queue_server.domain.office import working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.slots import visits_left
from queue_server.use_cases.appointment_desk import Names
from queue_server.use_cases.keep_day import Body
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import EventReader


class CannotBeOpened(Exception):  # noqa: N818 - a state of a sealed thing
    """What was sealed cannot be read: another key, or it was changed."""


class Seal(Protocol):
    """Keeps a text unreadable without a key that is not in the store."""

    def close(self, text: str, about: str) -> bytes:
        """The sealed text; `about` is bound to it, so that it cannot be moved to another."""
        ...

    def open(self, sealed: bytes, about: str) -> str:
        """The text.

        Raises:
            CannotBeOpened: another key, another `about`, or changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Contact:
    """How to find a citizen at home: personal, never in an event, a log or an answer."""

    name: str
    phone: str
    address: str

    def __repr__(self) -> str:
        return "Contact(…)"


def sealed_contact(seal: Seal, contact: Contact, visit: str) -> bytes:
    """A contact as it may be kept."""
    return seal.close(json.dumps(asdict(contact), ensure_ascii=False), visit)


@dataclass(frozen=True, slots=True)
class HomeVisitDesk:
    """Shows home visits; only `sheet` opens what is sealed."""

    live: LiveOffice
    kept: EventReader
    names: Names
    seal: Seal
    base: str
    now: Callable[[], datetime]

    def half_days(self) -> list[v.HalfDayView]:
        """The half days that can be asked for, full ones too."""
        at = self.now()
        with self.live.look() as day:
            ahead = range(1, day.office.appointments.days_ahead + 1)
            days = [working_day(at) + timedelta(days=n) for n in ahead]
            if not day.office.appointments.home_visits:
                return []
            return [
                v.HalfDayView(
                    day=on.isoformat(), part=part.value, left=visits_left(day, on, part, at)
                )
                for on in days
                if day.office.appointments.works_on(on)
                for part in HalfDay
            ]

    def by_code(self, code: str) -> v.HomeVisitView | None:
        """The home visit whose holder has this code; None where there is none."""
        with self.live.look() as day:
            found = day.book.visit_by_code(code)
            return self.view(day, found) if found is not None else None

    def of_day(self, on: date) -> list[v.HomeVisitView]:
        """The home visits of a day that is today or later, morning first."""
        with self.live.look() as day:
            return [self.view(day, visit) for visit in _on(day, on)]

    def view(self, day: OfficeDay, visit: HomeVisit) -> v.HomeVisitView:
        """One home visit without anything personal."""
        requested = visit.state is VisitState.REQUESTED
        due = requested and visit.on <= day.day
        return v.HomeVisitView(
            id=visit.id,
            code=visit.code,
            service=visit.service,
            service_name=self.names.service(day.office, visit.service),
            procedure=visit.procedure,
            procedure_name=self.names.procedure(visit.procedure),
            day=visit.on.isoformat(),
            part=visit.part.value,
            priority=visit.priority.value,
            state=visit.state.value,
            requested_at=visit.requested_at,
            allowed=[*(["cancel"] if requested else []), *(["end"] if due else [])],
            page_url=f"{self.base.rstrip('/')}/a/{visit.code}",
        )

    def answer(self, day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
        """Answer to a move of a home visit."""
        if outcome.visit is None:
            raise ValueError("a move of a home visit without one")
        return self.view(day, outcome.visit).model_dump(mode="json")

    def sheet(self, on: date) -> dict[str, Any]:
        """What stands on the route sheet of a day: personal, for the paper of staff alone.

        In each half day neighbours stand together: by address, from its largest part inwards. May
        read the store: not for the event loop.
        """
        with self.live.look() as day:
            office = day.office.name_vi
            visits = [
                (visit, self.names.service(day.office, visit.service).vi)
                for visit in _on(day, on)
                if visit.state is VisitState.REQUESTED
            ]
        stops = [self._stop(visit, service) for visit, service in visits]
        stops.sort(key=lambda stop: (stop["part"] != HalfDay.MORNING.value, _route(stop)))
        return {"office": office, "day": f"{on:%d/%m/%Y}", "stops": stops}

    def _stop(self, visit: HomeVisit, service: str) -> dict[str, Any]:
        sealed = self.kept.contact(visit.id)
        found = {"name": "", "phone": "", "address": ""}
        if sealed is not None:
            found = json.loads(self.seal.open(sealed, visit.id))
        procedure = self.names.procedure(visit.procedure)
        return {
            "code": visit.code,
            "part": visit.part.value,
            "what": procedure.vi if procedure else service,
            "priority": visit.priority.value,
            **found,
        }


def _on(day: OfficeDay, on: date) -> Iterable[HomeVisit]:
    here = (visit for visit in day.book.visits.values() if visit.on == on)
    order = list(HalfDay)
    return sorted(here, key=lambda visit: (order.index(visit.part), visit.requested_at, visit.id))


def _route(stop: dict[str, Any]) -> tuple[str, ...]:
    """An address from its largest part inwards, without accents: neighbours stand together."""
    plain = unicodedata.normalize("NFD", str(stop["address"]).casefold().replace("đ", "d"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(part.strip() for part in reversed(letters.split(",")))
