"""The manager's board and the public display, as one consistent look at the office."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from queue_server.contracts import views as v
from queue_server.domain.citizen_moves import RATING_REASONS, late_left
from queue_server.domain.office import Office, Rules, Service
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.speech import call_en, call_vi
from queue_server.domain.ticket import PriorityClass, Ticket, TicketState
from queue_server.domain.waiting_time import open_counters, people_ahead
from queue_server.use_cases.day_figures import DayFigures, Waits
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.live_office import CALLS_SHOWN, Call, LiveOffice
from queue_server.use_cases.ports import ForecastScore
from queue_server.use_cases.present import day_scores, forecast_view, forecasts_view


@dataclass(frozen=True, slots=True)
class Targets:
    """Minutes of mean wait: on target up to `good_min`, over above `limit_min`."""

    good_min: float = 15.0
    limit_min: float = 30.0


class Board:
    """Builds the views.

    `notice` is the line at the foot of the public display, `help_asked` is `StaffHelp.asked`.
    """

    def __init__(
        self,
        live: LiveOffice,
        forecaster: Forecaster,
        targets: Targets,
        notice: v.Words | None = None,
        help_asked: Callable[[], Mapping[int, datetime]] = dict,
    ) -> None:
        self._live = live
        self._forecaster = forecaster
        self._targets = targets
        self._notice = notice
        self._help_asked = help_asked

    def board(self, at: datetime, devices: list[v.BoardDevice]) -> v.BoardView:
        """Everything a manager sees."""
        self._forecaster.refresh(at)
        with self._live.look() as day:
            return self.look(day, at, devices)

    def look(self, day: OfficeDay, at: datetime, devices: list[v.BoardDevice]) -> v.BoardView:
        """The same within a look at the office that began already."""
        help_asked = self._help_asked()
        return v.BoardView(
            seq=self._live.seq,
            at=at,
            day=day.day.isoformat(),
            office=_office(day.office),
            targets=v.BoardTargets(
                good_min=self._targets.good_min, limit_min=self._targets.limit_min
            ),
            today=_today(self._live.figures, self._targets),
            services=self._services(day, at),
            counters=[
                _counter(day, number, help_asked.get(number))
                for number in sorted(day.office.counters)
            ],
            calls=self._calls(day),
            devices=devices,
            forecasts=forecasts_view(self._live.score.scores(day.day), self._forecaster.state()),
        )

    def display(self, at: datetime) -> v.DisplayView:
        """What the public sees."""
        self._forecaster.refresh(at)
        with self._live.look() as day:
            return v.DisplayView(
                seq=self._live.seq,
                at=at,
                office=_office(day.office),
                services=self._services(day, at),
                calls=self._calls(day),
                notice=self._notice,
            )

    def follow(self, ticket: Ticket, at: datetime) -> v.FollowView:
        """What the holder of a slip sees."""
        self._forecaster.refresh(at)
        with self._live.look() as day:
            waiting = ticket.state in {TicketState.WAITING, TicketState.RESERVED}
            ahead = people_ahead(day, ticket) if waiting else None
            service = day.office.services.get(ticket.service)
            counter = day.office.counters.get(ticket.counter) if ticket.counter else None
            return v.FollowView(
                number=ticket.label,
                service=_service_name(service, ticket.service),
                office=_office(day.office).name,
                state=ticket.state.value,
                ahead=ahead,
                forecast=(
                    forecast_view(self._forecaster.of_ticket(day, ticket, at)) if waiting else None
                ),
                counter=ticket.counter,
                counter_name=v.Words(vi=counter.name_vi, en=counter.name_en) if counter else None,
                recalls=ticket.recalls,
                allowed=_holder_may(ticket, day.office.rules),
                late_left_min=late_left(ticket, day.office.rules) // timedelta(minutes=1),
                score=ticket.score,
                reasons=list(RATING_REASONS),
                at=at,
                seq=self._live.seq,
                training=day.office.training,
                language=ticket.language,
            )

    def services(self, at: datetime) -> list[v.ServiceView]:
        """What is offered, with the forecast for somebody who arrives now."""
        self._forecaster.refresh(at)
        with self._live.look() as day:
            return [
                v.ServiceView(
                    id=one.id,
                    letter=one.letter,
                    name=one.name,
                    waiting=one.waiting,
                    forecast=one.forecast,
                    counters_open=one.counters_open,
                )
                for one in self._services(day, at)
            ]

    def forecasts(self, past: Sequence[ForecastScore]) -> v.ForecastsView:
        """How good the system's own forecasts are, today and on past days."""
        with self._live.look() as day:
            today = self._live.score.scores(day.day)
        return v.ForecastsView(
            now=forecasts_view(today, self._forecaster.state()),
            today=next(iter(day_scores(today)), None),
            days=day_scores(past),
        )

    def _services(self, day: OfficeDay, at: datetime) -> list[v.BoardService]:
        return [self._service(day, service, at) for service in day.office.services.values()]

    def _service(self, day: OfficeDay, service: Service, at: datetime) -> v.BoardService:
        figures = self._live.figures
        waits = figures.of_service(service.id)
        waiting = figures.waiting[service.id]
        return v.BoardService(
            id=service.id,
            letter=service.letter,
            name=v.Words(vi=service.name_vi, en=service.name_en),
            waiting=waiting,
            oldest_since=_oldest(day, service.id),
            called=len(waits),
            mean_wait_min=waits.mean_min(),
            longest_wait_min=waits.longest_min(),
            counters_open=len(open_counters(day, service.id)),
            forecast=forecast_view(self._forecaster.of_newcomer(day, service.id, waiting, at)),
        )

    def _calls(self, day: OfficeDay) -> list[v.BoardCall]:
        return [_call(day, call) for call in islice(self._live.calls, CALLS_SHOWN)]


def _holder_may(ticket: Ticket, rules: Rules) -> list[str]:
    """What the holder of a slip may do from a phone now."""
    waiting = ticket.state is TicketState.WAITING
    late = waiting and late_left(ticket, rules) >= timedelta(minutes=1)
    unrated = ticket.state is TicketState.FINISHED and ticket.score is None
    can = {"late": late, "cancel": waiting, "rate": unrated}
    return [move for move, now in can.items() if now]


def _office(office: Office) -> v.BoardOffice:
    name = v.Words(vi=office.name_vi, en=office.name_en)
    return v.BoardOffice(id=office.id, name=name, training=office.training)


def _service_name(service: Service | None, fallback: str) -> v.Words:
    if service is None:
        return v.Words(vi=fallback, en=fallback)
    return v.Words(vi=service.name_vi, en=service.name_en)


def _today(figures: DayFigures, targets: Targets) -> v.BoardToday:
    waits: Waits = figures.all
    return v.BoardToday(
        waiting=figures.states[TicketState.WAITING],
        called=len(waits),
        finished=figures.states[TicketState.FINISHED],
        no_shows=figures.states[TicketState.NO_SHOW],
        mean_wait_min=waits.mean_min(),
        p50_wait_min=waits.quantile_min(0.5),
        p90_wait_min=waits.quantile_min(0.9),
        longest_wait_min=waits.longest_min(),
        over_good_share=waits.share_over(targets.good_min),
        over_limit_share=waits.share_over(targets.limit_min),
    )


def _oldest(day: OfficeDay, service: str) -> datetime | None:
    """When the longest wait in this line began to count."""
    heads = [day.line(service, priority).head() for priority in PriorityClass]
    since = [day.tickets[head].line_since for head in heads if head is not None]
    return day.office.wait_starts(service, min(since)) if since else None


def _counter(day: OfficeDay, number: int, help_since: datetime | None) -> v.BoardCounter:
    configured, now = day.counter(number)
    ticket = day.tickets.get(now.ticket) if now.ticket is not None else None
    return v.BoardCounter(
        number=number,
        name=v.Words(vi=configured.name_vi, en=configured.name_en),
        state=now.state.value,
        ticket=ticket.label if ticket else None,
        ticket_state=ticket.state.value if ticket else None,
        service=ticket.service if ticket else None,
        since=now.since,
        help_since=help_since,
    )


def _call(day: OfficeDay, call: Call) -> v.BoardCall:
    counter = day.office.counters.get(call.counter)
    name_vi = counter.name_vi if counter else f"Quầy {call.counter}"
    name_en = counter.name_en if counter else f"Counter {call.counter}"
    return v.BoardCall(
        seq=call.seq,
        number=call.label,
        counter=call.counter,
        counter_name=v.Words(vi=name_vi, en=name_en),
        service=call.service,
        at=call.at,
        recall=call.recall,
        language=call.language,
        speech=v.Words(vi=call_vi(call.label, call.counter), en=call_en(call.label, call.counter)),
    )
