"""Asks the wait predictor about people and lines as they stand now, and notes what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from queue_server.domain.counter_now import CounterNow
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket
from queue_server.domain.waiting_time import open_counters, people_ahead
from queue_server.use_cases.ports import (
    Forecast,
    GivenForecast,
    ModelState,
    Standing,
    WaitPredictor,
)

FREE = "counter_free"
# Who takes a number longer before the doors open does not wait at the door.
AT_THE_DOOR = timedelta(hours=2)
MINUTE = timedelta(minutes=1)


class Forecaster:
    """The forecasts of one office in minutes from now until the first call.

    With more free counters than people ahead nobody has to be waited for: the median is zero, and
    what the predictor takes for one turn stands as the bound. Before the doors open, the time
    until then is added. Promises are noted in the writer's thread and kept with the next commit.
    """

    def __init__(self, predictor: WaitPredictor) -> None:
        self._predictor = predictor
        self._given: list[GivenForecast] = []

    def at_issue(self, day: OfficeDay, ticket: Ticket, at: datetime) -> Forecast:
        """What a newcomer is told; noted as given."""
        said = self.of_ticket(day, ticket, at, arriving=True)
        self._given.append(GivenForecast(ticket.id, at, said))
        return said

    def take_given(self) -> list[GivenForecast]:
        """What was promised since the last time this was asked; for the writer."""
        given, self._given = self._given, []
        return given

    def of_ticket(
        self, day: OfficeDay, ticket: Ticket, at: datetime, *, arriving: bool = False
    ) -> Forecast:
        """The rest of the wait of somebody in a line; an appointment is not called before it."""
        normal = ticket.priority is PriorityClass.NORMAL
        ahead = people_ahead(day, ticket)
        stands = Standing(
            service=ticket.service,
            ahead=ahead,
            of_class=ahead if normal else _priority_before(day, ticket),
            counters_open=0,
            counts_from=at,
            priority=not normal,
            arriving=arriving,
        )
        said = self._ask(day, at, stands)
        if ticket.appointment_at is None or ticket.appointment_at <= at:
            return said
        least = (ticket.appointment_at - at) / MINUTE
        later = max(0.0, least - said.p50_min)
        return Forecast(said.p50_min + later, said.p90_min + later, said.basis)

    def of_newcomer(self, day: OfficeDay, service: str, waiting: int, at: datetime) -> Forecast:
        """What somebody without priority would be told who came now."""
        return self._ask(day, at, Standing(service, waiting, waiting, 0, at))

    def refresh(self, at: datetime) -> None:
        """Bring all lines up to now; call it before, not within, a look at the office."""
        self._predictor.refresh(at)

    def state(self) -> ModelState:
        """Which model answers now."""
        return self._predictor.state()

    def _ask(self, day: OfficeDay, at: datetime, stands: Standing) -> Forecast:
        counters = open_counters(day, stands.service)
        counts_from = _counts_from(day, stands.service, at, counters)
        free = sum(counter.ticket is None for counter in counters) > stands.ahead
        standing = replace(
            stands,
            ahead=0 if free else stands.ahead,
            of_class=0 if free else stands.of_class,
            counters_open=len(counters),
            counts_from=counts_from,
            arriving=stands.arriving and not free,
        )
        said = self._predictor.forecast(standing)
        if free:
            return Forecast(0.0, said.p50_min, FREE)
        lead = (counts_from - at) / MINUTE
        return Forecast(said.p50_min + lead, said.p90_min + lead, said.basis)


def _counts_from(
    day: OfficeDay, service: str, at: datetime, counters: list[CounterNow]
) -> datetime:
    """When the doors open for this service; now, where somebody works already."""
    opens = day.office.wait_starts(service, at)
    return at if counters or opens - at > AT_THE_DOOR else opens


def _priority_before(day: OfficeDay, ticket: Ticket) -> int:
    classes = (each for each in PriorityClass if each is not PriorityClass.NORMAL)
    return sum(day.line(ticket.service, each).ahead_of(ticket.place) for each in classes)
