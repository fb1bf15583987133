"""One office's day as its events tell it: who waits in which line, which counters serve it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

WAITING, CALLED, OTHER = "waiting", "called", "other"
JOINS = frozenset({"TicketConfirmed", "HoldEnded", "TicketReturned", "TicketReinstated"})
LEAVES = frozenset(
    (
        *("TicketVoided", "TicketHeld", "TicketFinished", "TicketNoShow", "TicketCancelled"),
        *("TicketExpired", "ServingStarted", "ServingResumed"),
    )
)
OPEN = {"CounterOpened": True, "CounterPaused": False, "CounterClosed": False}


class LineForecast(Protocol):
    """What is learned of one line and said to who joins it."""

    def learn_call(self, at: datetime, *, others_waiting: bool) -> None:
        """Somebody was called."""
        ...

    def forecast(self, ahead: int, counters_open: int) -> tuple[float, float, str]:
        """Median and 90 % point in minutes, and the basis."""
        ...


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the hub keeps it."""

    seq: int
    day: str
    at: datetime
    kind: str
    ticket: str | None
    counter: int | None
    body: Mapping[str, Any]


@dataclass(slots=True)
class Place:
    """Where a ticket is: its line, its state, and both before the last move."""

    service: str
    state: str
    before: tuple[str, str] | None = None
    called: bool = False


@dataclass(slots=True)
class OfficeToday:
    """Folded event by event, in order; a new day begins anew."""

    new_forecast: Callable[[], LineForecast]
    seq: int = 0
    day: str = ""
    at: datetime | None = None
    services: dict[str, tuple[str, str]] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)
    profiles: dict[int, frozenset[str]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    tickets: dict[str, Place] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    called: int = 0
    waited_s: float = 0.0
    forecasts: dict[str, LineForecast] = field(default_factory=dict)

    def take(self, event: Happened) -> None:
        """Fold the next event."""
        self.seq = max(self.seq, event.seq)
        self.at = event.at
        if event.kind == "DayOpened":
            self._begin(event.day)
        elif event.kind == "OfficeConfigured":
            self._configure(event.body.get("office", {}))
        elif event.kind in OPEN and event.counter is not None:
            (self.open.add if OPEN[event.kind] else self.open.discard)(event.counter)
        elif event.kind == "DayClosed":
            self.open.clear()
        elif event.ticket is not None:
            self._move(event, event.ticket)

    def counters(self, service: str) -> int:
        """How many open counters serve this line."""
        return sum(service in self.profiles.get(number, ()) for number in self.open)

    def for_newcomer(self, service: str) -> tuple[float, float] | None:
        """Median and 90 % point of the wait in minutes; None where no counter serves the line."""
        serving = self.counters(service)
        if not serving:
            return None
        waiting = self.waiting.get(service, 0)
        if not waiting and serving > sum(p.state == CALLED for p in self._at_counters(service)):
            return 0.0, 0.0
        p50, p90, _ = self._forecast(service).forecast(waiting, serving)
        return p50, p90

    def mean_wait_min(self) -> float | None:
        """Mean wait until the first call, of those called today."""
        return self.waited_s / self.called / 60 if self.called else None

    def _at_counters(self, service: str) -> list[Place]:
        return [place for place in self.tickets.values() if place.service == service]

    def _begin(self, day: str) -> None:
        self.day = day
        for kept in (self.open, self.tickets, self.waiting, self.forecasts):
            kept.clear()
        self.called, self.waited_s = 0, 0.0

    def _configure(self, office: Mapping[str, Any]) -> None:
        self.services = {
            name: (one.get("name_vi", name), one.get("name_en", name))
            for name, one in office.get("services", {}).items()
        }
        self.profiles = {
            int(number): frozenset(entry["service"] for entry in one.get("profile", ()))
            for number, one in office.get("counters", {}).items()
        }
        sessions = office.get("hours", {}).get("sessions", ())
        self.sessions = [f"{start[:5]}–{end[:5]}" for start, end in sessions]

    def _move(self, event: Happened, ticket: str) -> None:
        if event.kind == "TicketReserved":
            self.tickets[ticket] = Place(event.body["service"], OTHER)
            return
        place = self.tickets.get(ticket)
        if place is None:
            return
        if event.kind in JOINS:
            self._put(place, place.service, WAITING)
        elif event.kind == "TicketTransferred":
            self._put(place, event.body["to_service"], WAITING)
        elif event.kind == "TicketCalled":
            self._call(event, place)
        elif event.kind == "MoveUndone" and place.before is not None:
            self._put(place, *place.before)
        elif event.kind in LEAVES:
            serving = event.kind in {"ServingStarted", "ServingResumed"}
            self._put(place, place.service, CALLED if serving else OTHER)

    def _call(self, event: Happened, place: Place) -> None:
        self._put(place, place.service, CALLED)
        others = self.waiting.get(place.service, 0) > 0
        self._forecast(place.service).learn_call(event.at, others_waiting=others)
        if not place.called:
            place.called = True
            self.called += 1
            self.waited_s += float(event.body.get("reason", {}).get("waited_s", 0.0))

    def _put(self, place: Place, service: str, state: str) -> None:
        if place.state == WAITING:
            self.waiting[place.service] -= 1
        place.before = (place.service, place.state)
        place.service, place.state = service, state
        if state == WAITING:
            self.waiting[service] = self.waiting.get(service, 0) + 1

    def _forecast(self, service: str) -> LineForecast:
        if service not in self.forecasts:
            self.forecasts[service] = self.new_forecast()
        return self.forecasts[service]
