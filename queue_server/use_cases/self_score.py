"""Scores the system's own forecasts: what people were told when they came against their call.

The truth is the first call, the same instant that every figure about waits uses. Tickets that were
never called, or whose times are doubtful, are not counted; `n` says how many were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from queue_server.domain.ticket import Ticket
from queue_server.use_cases.ports import ForecastScore, GivenForecast

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Tally:
    """Running sums of one basis."""

    n: int = 0
    error_min: float = 0.0
    abs_error_min: float = 0.0
    covered: int = 0

    def add(self, error: float, *, covered: bool, sign: int = 1) -> None:
        """Count one ticket, or take it back with `sign` -1."""
        self.n += sign
        self.error_min += sign * error
        self.abs_error_min += sign * abs(error)
        self.covered += sign * covered


@dataclass(slots=True)
class SelfScore:
    """The score of a day as it grows; an undone call takes its ticket out again."""

    given: dict[str, GivenForecast] = field(default_factory=dict)
    _counted: dict[str, tuple[str, float, bool]] = field(default_factory=dict)
    _tallies: dict[str, Tally] = field(default_factory=dict)

    def note(self, given: Iterable[GivenForecast]) -> None:
        """These forecasts were given."""
        for each in given:
            self.given[each.ticket] = each

    def changed(self, ticket: Ticket) -> None:
        """A ticket moved on."""
        given = self.given.get(ticket.id)
        if given is None:
            return
        called = ticket.called_first_at if ticket.accurate else None
        counted = self._counted.pop(ticket.id, None)
        if counted is not None:
            basis, error, covered = counted
            self._tallies[basis].add(error, covered=covered, sign=-1)
        if called is None:
            return
        wait = (called - given.given_at) / MINUTE
        said = given.forecast
        error, covered = said.p50_min - wait, wait <= said.p90_min
        self._counted[ticket.id] = (said.basis, error, covered)
        self._tallies.setdefault(said.basis, Tally()).add(error, covered=covered)

    def scores(self, day: date) -> list[ForecastScore]:
        """One row for each basis that was scored."""
        return [
            ForecastScore(day, basis, one.n, one.error_min, one.abs_error_min, one.covered)
            for basis, one in sorted(self._tallies.items())
            if one.n
        ]


def score_day(
    day: date, tickets: Iterable[Ticket], given: Mapping[str, GivenForecast]
) -> list[ForecastScore]:
    """The score of a day that is over."""
    score = SelfScore(dict(given))
    for ticket in tickets:
        score.changed(ticket)
    return score.scores(day)
