"""Which lines will pass the limit, and when: the forecast of people who wait now says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from queue_server.contracts.manager_views import Alert, AskOffer
from queue_server.contracts.views import Words
from queue_server.domain.counter_now import CounterState
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass, Ticket
from queue_server.domain.waiting_line import WaitingLine
from queue_server.domain.waiting_time import open_counters
from queue_server.use_cases.forecasting import Forecaster

PROBES = 5
OFFERS = 2
MINUTE = timedelta(minutes=1)


def line_alert(
    day: OfficeDay, service: str, at: datetime, forecaster: Forecaster, limit: timedelta
) -> Alert | None:
    """What is wrong with one line, or will be; None while all is well.

    `passed`: somebody has waited longer than the limit. `no_counter`: people wait, and nobody
    serves. `will_pass`: by the median forecast somebody who waits now will have waited for the
    limit, at the earliest at `at`. In a long line some places stand for all, because a model is
    asked about each.
    """
    waiting = [line for line in (day.line(service, p) for p in PriorityClass) if len(line)]
    people = [ticket for line in waiting for ticket in _probed(day, line)]
    people = [ticket for ticket in people if ticket.called_first_at is None]
    if not people:
        return None
    number = sum(len(line) for line in waiting)
    oldest = min(day.office.wait_starts(service, ticket.line_since) for ticket in people)
    waited = (at - oldest) / MINUTE
    offers = ask_offers(day, service)
    if at - oldest > limit:
        return Alert(
            kind="passed",
            service=service,
            at=oldest + limit,
            minutes=waited,
            waiting=number,
            offers=offers,
        )
    if not open_counters(day, service) and day.office.hours.is_open(at):
        return Alert(
            kind="no_counter",
            service=service,
            at=at,
            minutes=max(0.0, waited),
            waiting=number,
            offers=offers,
        )
    passing = min(_passings(day, people, at, forecaster, limit), default=None)
    if passing is None:
        return None
    return Alert(
        kind="will_pass",
        service=service,
        at=passing,
        minutes=max(0.0, waited),
        waiting=number,
        offers=offers,
    )


def ask_offers(day: OfficeDay, service: str) -> list[AskOffer]:
    """Counters that could open for the service and were not asked yet, the likely one first.

    A clerk who paused is nearer than one who has gone; whose own line it is, before a helper.
    """
    found = []
    for number, counter in day.office.counters.items():
        entry, now = counter.entry(service), day.counters[number]
        if entry is None or now.state is CounterState.OPEN or now.asked_at is not None:
            continue
        words = Words(vi=counter.name_vi, en=counter.name_en)
        offer = AskOffer(counter=number, name=words, state=now.state.value)
        found.append((now.state is CounterState.CLOSED, entry.order, number, offer))
    return [offer for *_, offer in sorted(found, key=lambda one: one[:3])][:OFFERS]


def _probed(day: OfficeDay, line: WaitingLine) -> Iterator[Ticket]:
    """The head, the tail and some in between."""
    last = len(line) - 1
    for place in sorted({round(last * step / (PROBES - 1)) for step in range(PROBES)}):
        yield day.tickets[line.nth(place)]


def _passings(
    day: OfficeDay, people: list[Ticket], at: datetime, forecaster: Forecaster, limit: timedelta
) -> Iterator[datetime]:
    for ticket in people:
        since = day.office.wait_starts(ticket.service, ticket.line_since)
        rest = timedelta(minutes=forecaster.of_ticket(day, ticket, at).p50_min)
        if at + rest - since > limit:
            yield since + limit
