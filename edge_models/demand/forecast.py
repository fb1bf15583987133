"""The forecast of a day: two models compete on the last four weeks, the better one is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge_models.demand.arrivals import Arrivals, Counts
from edge_models.demand.known_days import Calendar
from edge_models.demand.learned import learn_days
from edge_models.demand.seasonal import learn_usual
from edge_models.demand.spread import Spread, learn_spread

SEASONAL, LEARNED = "seasonal", "learned"
MODELS = (SEASONAL, LEARNED)
WINDOW_DAYS = 28
# With fewer tested days a difference between the models is chance.
FEWEST_TESTED = 5
# What a model says after one or two days tells nothing about what it says now.
FEWEST_KNOWN = 3
NO_HISTORY, FEW_DAYS, HOLIDAY = "no_history", "few_days", "holiday"
FEW = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A day of the past and what each model would have said in its morning."""

    day: int
    said: dict[str, Counts]
    came: Counts


@dataclass(frozen=True, slots=True)
class Scores:
    """Errors on the days tried, of one model.

    `share` is the sum of all misses by service and half hour over all who came (WAPE);
    `day_share` the same for whole days.
    """

    share: float
    day_share: float


@dataclass(frozen=True, slots=True)
class DayForecast:
    """Arrivals expected on a day, `[service, half hour]`.

    `notes` says what is to be known: no history, few days, a holiday. `scores` are the errors of
    both models on the `tried_days` of the last four weeks.
    """

    day: int
    services: tuple[str, ...]
    mean: Counts
    low: Counts
    high: Counts
    model: str
    scores: dict[str, Scores]
    tried_days: int
    history_days: int
    spread: Spread
    holiday: str
    notes: tuple[str, ...]


def forecast_day(history: Arrivals, day: int, calendar: Calendar) -> DayForecast:
    """What is expected on `day`, from the days before it."""
    (found,) = forecast_days(history, [day], calendar)
    return found


def forecast_days(history: Arrivals, days: Sequence[int], calendar: Calendar) -> list[DayForecast]:
    """What is expected on each of `days`, in order, from the days before the first of them."""
    known = history.before(days[0])
    tried = try_days(known, days[0] - WINDOW_DAYS, calendar)
    return [_forecast(known, tried, day, calendar) for day in days]


def _forecast(known: Arrivals, tried: Sequence[Tried], day: int, calendar: Calendar) -> DayForecast:
    facts = calendar.facts(day)
    notes = [NO_HISTORY] if not len(known) else [FEW_DAYS] if len(known) < FEW else []
    model = better(tried)
    empty = np.zeros((len(known.services), known.counts.shape[2]))
    mean = said(model, known, day, calendar) if len(known) else empty
    if facts.holiday:
        notes.append(HOLIDAY)
    spread = learn_spread([(one.said[model], one.came) for one in tried])
    low, high = spread.interval(mean)
    return DayForecast(
        day=day,
        services=known.services,
        mean=mean,
        low=low,
        high=high,
        model=model,
        scores={name: score(tried, name) for name in MODELS} if tried else {},
        tried_days=len(tried),
        history_days=len(known),
        spread=spread,
        holiday=facts.holiday,
        notes=tuple(notes),
    )


def try_days(history: Arrivals, first: int, calendar: Calendar) -> list[Tried]:
    """Forecast every day from `first` on as if it had not happened, but for the very first."""
    found = []
    for place in np.flatnonzero(history.days >= first):
        if place >= FEWEST_KNOWN:
            day = int(history.days[place])
            known = history.before(day)
            what = {name: said(name, known, day, calendar) for name in MODELS}
            found.append(Tried(day, what, history.counts[place]))
    return found


def said(model: str, known: Arrivals, day: int, calendar: Calendar) -> Counts:
    """What a model expects of a day after these."""
    facts = calendar.facts(day)
    if model == SEASONAL:
        return learn_usual(known, calendar).expected(facts)
    return learn_days(known, calendar).expected(facts)


def better(tried: Sequence[Tried]) -> str:
    """The model with the smaller error; the baseline while too few days were tried."""
    if len(tried) < FEWEST_TESTED:
        return SEASONAL
    return min(MODELS, key=lambda name: (score(tried, name).share, name != SEASONAL))


def score(tried: Sequence[Tried], model: str) -> Scores:
    """The errors of a model on these days."""
    return errors([(one.said[model], one.came) for one in tried])


def errors(pairs: Sequence[tuple[Counts, Counts]]) -> Scores:
    """Errors of `(expected, came)`."""
    missed = sum(float(np.abs(expected - real).sum()) for expected, real in pairs)
    whole = sum(abs(float(expected.sum() - real.sum())) for expected, real in pairs)
    came = max(1.0, sum(float(real.sum()) for _, real in pairs))
    return Scores(missed / came, whole / came)
