"""Measures forecasts on a log, ticket by ticket at arrival, beside the classics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints, Mask, TicketLog
from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait import baselines
from edge_models.wait.conformal import DAYS, Conformal, Places
from edge_models.wait.features import PLACE
from edge_models.wait.memory import DAYS_KEPT
from edge_models.wait.metrics import (
    Bootstrap,
    Forecasts,
    Truth,
    calibration,
    interval,
    measure,
    ratios,
)
from edge_models.wait.own_lines import learn
from edge_models.wait.replay import Matrix, Replay

# A baseline has no P90 of its own: before the nights correct it, twice its median stands there.
FIRST_SPREAD = 2.0
# Rows that are copied or forecast in one go; a log of a million tickets stays below 2 GB.
AT_ONCE = 20_000


class Model(Protocol):
    """Whatever forecasts from features."""

    def predict(self, rows: Matrix) -> Forecasts:
        """P50 and P90 in minutes, one for each row."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """A log, and the features of those of its tickets whose wait is known.

    `called` are the places of these tickets in the log; `rows` and `wanted` have one for each.
    """

    log: TicketLog
    counters: OpenCounters
    rows: Matrix
    called: Ints
    wanted: Mask
    learning: bool

    @property
    def lesson(self) -> baselines.Lesson:
        """The called tickets to learn from."""
        return baselines.Lesson(self.rows, self.wait, self.day)

    @property
    def wait(self) -> Floats:
        """Minutes each called ticket waited."""
        return self.log.wait[self.called]

    @property
    def day(self) -> Ints:
        """The day of each called ticket."""
        return self.log.day[self.called]

    @property
    def service(self) -> Ints:
        """The line of each called ticket."""
        return self.log.service[self.called]

    def places(self, chosen: Ints | Mask) -> Places:
        """Where the chosen of the called tickets stand."""
        these = self.called[chosen]
        return Places(
            self.log.office[these], self.rows[chosen, PLACE["ahead"]], self.log.arrived[these]
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured.

    Attributes:
        test_from: ordinal of the first day that is forecast.
        learning: whether nights teach anything.
        only_waited: leave out tickets that were called at once.
    """

    test_from: int
    learning: bool = True
    only_waited: bool = False


def prepare(
    log: TicketLog,
    counters: OpenCounters,
    asked: Asked,
    progress: Callable[[int], None] = lambda _: None,
) -> Case:
    """Features of every ticket, and which are forecast; `progress` is told of tickets done."""
    rows = Replay(log, counters, learning=asked.learning, progress=progress).run()
    called = np.flatnonzero(log.wait > 0 if asked.only_waited else ~np.isnan(log.called))
    wanted = log.day[called] >= asked.test_from
    return Case(log, counters, _only(rows, called), called, wanted, asked.learning)


def _only(rows: Matrix, places: Ints) -> Matrix:
    """The rows at these rising places, moved to the front: a second matrix may be a gigabyte."""
    for first in range(0, len(places), AT_ONCE):
        some = places[first : first + AT_ONCE]
        rows[first : first + len(some)] = rows[some]
    return rows[: len(places)]


def rolled(case: Case, raw: Forecasts, start: Conformal | None = None) -> Forecasts:
    """The forecasts of the wanted tickets, P90 corrected every night from the days before.

    `raw` has a row for each called ticket, NaN on days without forecasts; `start` already knows
    the days before the first forecast.
    """
    wait, day = case.wait, case.day
    conformal = start or Conformal()
    p90 = np.maximum(raw.p90, raw.p50)
    corrected = p90.copy()
    for today in np.unique(day[~np.isnan(p90)]):
        mine = day == today
        places = case.places(mine)
        corrected[mine] = conformal.correct(places, p90[mine], raw.p50[mine])
        if case.learning:
            conformal.close_day(places, p90[mine], wait[mine])
    return Forecasts(raw.p50[case.wanted], corrected[case.wanted])


def forecast(case: Case, model: Model, start: Conformal | None = None) -> Forecasts:
    """What a model says of the wanted tickets.

    With `start`, days before the test are not forecast: the model may have learned from them.
    """
    raw = unsaid(case)
    asked = np.flatnonzero(case.wanted) if start is not None else np.arange(len(case.called))
    for first in range(0, len(asked), AT_ONCE):
        some = asked[first : first + AT_ONCE]
        said = model.predict(case.rows[some])
        raw.p50[some], raw.p90[some] = said.p50, said.p90
    return rolled(case, with_own_lines(case, raw), start)


def unsaid(case: Case) -> Forecasts:
    """A row for each called ticket, nothing said yet."""
    return Forecasts(*(np.full(len(case.called), np.nan) for _ in range(2)))


def with_own_lines(case: Case, raw: Forecasts) -> Forecasts:
    """Every forecast drawn towards what the nights before taught its office about its lines."""
    if not case.learning:
        return raw
    wait, day, office, service = case.wait, case.day, case.log.office[case.called], case.service
    found = Forecasts(raw.p50.copy(), raw.p90.copy())
    for where in np.unique(office):
        here = np.flatnonzero(office == where)
        days = np.unique(day[here])
        for today in np.unique(day[here][~np.isnan(raw.p50[here])]):
            known = days[days < today][-DAYS_KEPT:]
            if not len(known):
                continue
            past, now = here[np.isin(day[here], known)], here[day[here] == today]
            own = learn(case.rows[past], wait[past], day[past], service[past])
            rows = case.rows[now]
            said = own.blend(Forecasts(raw.p50[now], raw.p90[now]), rows, service[now])
            found.p50[now], found.p90[now] = said.p50, said.p90
    return found


def classics(
    case: Case,
    before: baselines.Lesson | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Forecasts]:
    """Every baseline; their P90 is corrected from the same days as the model's.

    `progress` is told of how many nights so many are done.
    """
    day = case.day
    earlier = np.unique(day[~case.wanted])[-DAYS:] if case.learning else day[:0]
    own = baselines.forecasts(
        case.lesson,
        before or baselines.nothing(),
        case.wanted | np.isin(day, earlier),
        learning=case.learning,
        progress=progress,
    )
    return {name: rolled(case, Forecasts(p50, p50 * FIRST_SPREAD)) for name, p50 in own.items()}


@dataclass(slots=True)
class Report:
    """Figures of all predictors on the same rows."""

    rows: int
    models: dict[str, dict[str, object]] = field(default_factory=dict)
    ratios: dict[str, dict[str, object]] = field(default_factory=dict)
    truth: dict[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "rows": self.rows, "models": self.models, "ratios": self.ratios, "truth": self.truth,
        }  # fmt: skip


def report(
    case: Case, classic: dict[str, Forecasts], models: dict[str, Forecasts], seed: int = 0
) -> Report:
    """Measure everybody; a model's ratios are against the best of the classics."""
    chosen = case.called[case.wanted]
    truth = Truth(
        case.log.wait[chosen],
        case.log.office[chosen],
        case.log.queue_day[chosen],
        case.rows[case.wanted, PLACE["ahead"]],
        case.log.arrived[chosen],
    )
    found = Report(len(chosen))
    draws = Bootstrap.of(truth.queue_day, seed)
    found.truth = {"mean_wait": float(truth.wait.mean()), "queue_days": draws.weights.shape[1]}
    for name, said in (classic | models).items():
        figures = measure(truth, said, case.log.offices)
        figures["mae_interval"] = interval(draws.means(np.abs(truth.wait - said.p50)))
        found.models[name] = figures
    points = {name: said.p50 for name, said in classic.items()}
    for name, said in models.items():
        found.ratios[name] = ratios(truth, said.p50, points, seed)
        found.models[name]["calibration"] = calibration(truth, said)
    return found
