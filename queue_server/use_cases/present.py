"""Shows tickets, counters and services in the shapes of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from queue_server.contracts.views import (
    BoardForecasts,
    CounterView,
    DayForecastScore,
    ForecastScoreView,
    ForecastView,
    TicketView,
    Words,
)
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, allowed_moves
from queue_server.use_cases.ports import Forecast, ForecastScore, ModelState

BASIS_WORDS = {
    "model": Words(vi="theo mô hình dự báo", en="by the forecast model"),
    "queue_length_x_interval": Words(
        vi="theo hàng chờ và nhịp gọi hôm nay", en="by the line and today's pace"
    ),
    "service_minutes": Words(vi="theo thời gian xử lý trung bình", en="by the usual service time"),
    "counter_free": Words(vi="đang có quầy trống", en="a counter is free"),
}
"""On what a forecast stands, as people read it behind the minutes."""


def forecast_view(forecast: Forecast) -> ForecastView:
    """Minutes to one decimal: more would only look exact."""
    return ForecastView(
        p50_min=round(forecast.p50_min, 1),
        p90_min=round(forecast.p90_min, 1),
        basis=forecast.basis,
        basis_words=BASIS_WORDS.get(forecast.basis),
    )


def score_view(scores: Sequence[ForecastScore]) -> ForecastScoreView | None:
    """Several bases or days as one; None while nobody was called."""
    n = sum(one.n for one in scores)
    if not n:
        return None
    return ForecastScoreView(
        n=n,
        mae_min=round(sum(one.abs_error_min for one in scores) / n, 2),
        bias_min=round(sum(one.error_min for one in scores) / n, 2),
        coverage_90=round(sum(one.covered for one in scores) / n, 4),
    )


def day_scores(scores: Sequence[ForecastScore]) -> list[DayForecastScore]:
    """The scores of several days, newest first, each whole and by basis."""
    by_day: dict[date, list[ForecastScore]] = {}
    for one in scores:
        by_day.setdefault(one.day, []).append(one)
    return [
        DayForecastScore(
            day=day.isoformat(),
            score=whole,
            by_basis={one.basis: view for one in rows if (view := score_view([one]))},
        )
        for day, rows in sorted(by_day.items(), reverse=True)
        if (whole := score_view(rows)) is not None
    ]


def forecasts_view(scores: Sequence[ForecastScore], state: ModelState) -> BoardForecasts:
    """How today's forecasts were, and who makes them."""
    learned = state.learned_until
    return BoardForecasts(
        today=score_view(scores),
        model=state.name,
        model_sha256=state.sha256,
        learned_until=learned.isoformat() if learned else None,
        fault=state.fault,
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
        dossiers=ticket.dossiers,
        papers=None if ticket.papers is None else list(ticket.papers),
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
