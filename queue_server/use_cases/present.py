"""Shows tickets, counters and services in the shapes of the contract."""

from __future__ import annotations

from datetime import date

from queue_server.contracts.views import CounterView, ForecastView, TicketView, Words
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, allowed_moves
from queue_server.use_cases.ports import Forecast


def forecast_view(forecast: Forecast) -> ForecastView:
    """Minutes to one decimal: more would only look exact."""
    return ForecastView(
        p50_min=round(forecast.p50_min, 1),
        p90_min=round(forecast.p90_min, 1),
        basis=forecast.basis,
    )


def ticket_view(ticket: Ticket, day: date) -> TicketView:
    """One ticket as staff see it."""
    return TicketView(
        id=ticket.id,
        number=ticket.label,
        service=ticket.service,
        day=day.isoformat(),
        state=ticket.state.value,
        priority=ticket.priority.value,
        channel=ticket.channel,
        language=ticket.language,
        procedures=list(ticket.procedures),
        counter=ticket.counter,
        issued_at=ticket.issued_at,
        called_first_at=ticket.called_first_at,
        called_last_at=ticket.called_last_at,
        recalls=ticket.recalls,
        started_at=ticket.started_at,
        finished_at=ticket.finished_at,
        held_until=ticket.held_until,
        appointment_at=ticket.appointment_at,
        outcome=ticket.outcome,
        version=ticket.version,
        allowed=[move.value for move in allowed_moves(ticket)],
    )


def counter_view(day: OfficeDay, number: int) -> CounterView:
    """One counter and the citizen in front of it."""
    configured, now = day.counter(number)
    ticket = day.tickets.get(now.ticket) if now.ticket is not None else None
    return CounterView(
        number=number,
        name=Words(vi=configured.name_vi, en=configured.name_en),
        state=now.state.value,
        services=[entry.service for entry in configured.profile],
        version=now.version,
        ticket=ticket_view(ticket, day.day) if ticket is not None else None,
        held=[held.label for held in day.held_at(number)],
        waiting=day.waiting_for(number),
    )
