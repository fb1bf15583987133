"""The classical predictors, learning every night from the same rows as the model.

Each may fail to answer (nobody was called yet, nothing was learned yet). Then queue length x the
pace of all lines so far answers for it, so that no baseline loses by silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import Floats, Ints, Mask
from edge_models.wait import q_lasso
from edge_models.wait.features import PLACE
from edge_models.wait.memory import weighted_median

Matrix = NDArray[np.float64]
# Minutes a place costs before anything at all was seen.
FIRST_GUESS = 3.0
# A mixture learns from no more tickets in a night: more would teach it nothing, and take minutes.
MOST = 100_000
DIRECT = {
    "mean_of_queue": "usual_wait",
    "les": "les",
    "hol": "hol",
    "queue_length_x_interval": "turns_x_interval",
    "queue_length_x_interval_a_counter": "turns_x_interval_a_counter",
    "fluid": "fluid_60",
    "workload": "workload",
}
# These say nothing at all about a log without service ends or open counters.
NEEDS_MORE = {"workload", "queue_length_x_interval_a_counter"}
# What the paper lets its mixture choose from, and what every classical predictor here says.
MIXED = (
    *("ahead", "ahead_of_lower_class", "hol", "les", "mean_wait_5", "mean_wait_30"),
    *("mean_wait_60", "calls_15", "calls_30", "calls_60", "arrivals_15", "arrivals_30"),
    *("arrivals_60", "since_call", "fluid_30", "fluid_60", "open_counters", "turns_a_counter"),
    *("active", "busy", "ready", "competing", "service_min", "workload", "office_waiting"),
    *("priority", "weekday", "minute", "usual_wait", "interval", "turns_x_interval"),
    "turns_x_interval_a_counter",
)
# The model's later inputs, each a forecast of its own: not offered to a classical mixture.
OURS = {
    *("usual_walk", "walk_today", "calls_to_usual", "arrivals_to_usual"),
    *("turns_x_interval_recent", "turns_x_interval_by_place", "pace_today_to_interval"),
    "opening_and_turns_x_interval",
}
# Two forms: the predictors of the paper, and everything else the model looks at. The first was
# chosen after a look at test rows; so both stand in every table, and the better one counts.
MIXTURES = {"q_lasso": MIXED, "q_lasso_wide": tuple(name for name in PLACE if name not in OURS)}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Tickets with their features and waits, to learn from."""

    rows: Matrix
    wait: Floats
    day: Ints

    def part(self, chosen: Mask | Ints) -> Lesson:
        """Some of the tickets."""
        return Lesson(self.rows[chosen], self.wait[chosen], self.day[chosen])


def nothing() -> Lesson:
    """A lesson without tickets."""
    return Lesson(
        np.empty((0, len(PLACE))), np.empty(0, dtype=np.float64), np.empty(0, dtype=np.int64)
    )


def join(first: Lesson, second: Lesson) -> Lesson:
    """Both lessons after each other."""
    if not len(first.wait):
        return second
    return Lesson(
        np.concatenate([first.rows, second.rows]),
        np.concatenate([first.wait, second.wait]),
        np.concatenate([first.day, second.day]),
    )


def forecasts(
    seen: Lesson,
    before: Lesson,
    wanted: Mask,
    *,
    learning: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Floats]:
    """P50 of each baseline for every row of `seen` that is `wanted`, NaN elsewhere.

    Args:
        seen: all called tickets of the log.
        before: tickets of other offices, known before the log begins.
        wanted: which rows of `seen` to forecast.
        learning: whether earlier days of `seen` may be learned from.
        progress: told of how many nights so many are done.
    """
    found = {name: np.full(len(seen.wait), np.nan) for name in (*DIRECT, *MIXTURES)}
    models, pace = _mixtures(before), _pace(before)
    days = np.unique(seen.day[wanted])
    for done, day in enumerate(days.tolist()):
        progress(done, len(days))
        today = wanted & (seen.day == day)
        if learning:
            lesson = join(before, seen.part(_latest_before(seen.day, day)))
            models, pace = _mixtures(lesson), _pace(lesson)
        rows = seen.rows[today]
        instead = pace * rows[:, PLACE["turns"]]
        for name, feature in DIRECT.items():
            said = rows[:, PLACE[feature]]
            if name not in NEEDS_MORE or not np.isnan(seen.rows[:, PLACE[feature]]).all():
                found[name][today] = np.where(np.isnan(said), instead, said)
        for name, model in models.items():
            said = model.predict(rows[:, _places(name)]) if model is not None else instead
            found[name][today] = said
    silent = {name for name in NEEDS_MORE if np.isnan(found[name][wanted]).any()}
    silent |= {name for name, model in models.items() if model is None}
    return {name: said for name, said in found.items() if name not in silent}


def _latest_before(day: Ints, today: int) -> Ints:
    """The tickets of earlier days, of the newest ones at most as many as a night can learn from."""
    past = np.flatnonzero(day < today)
    if len(past) <= MOST:
        return past
    return np.sort(past[np.argsort(day[past], kind="stable")[-MOST:]])


def _places(mixture: str) -> list[int]:
    return [PLACE[name] for name in MIXTURES[mixture]]


def _mixtures(lesson: Lesson) -> dict[str, q_lasso.QLasso | None]:
    return {
        name: q_lasso.fit(
            lesson.rows[:, _places(name)], lesson.wait, lesson.day, inputs.index("minute")
        )
        for name, inputs in MIXTURES.items()
    }


def _pace(lesson: Lesson) -> float:
    """Minutes a place costs, over all lines: least absolute deviations through the origin."""
    turns = lesson.rows[:, PLACE["turns"]]
    pace = weighted_median(lesson.wait / turns, turns)
    return FIRST_GUESS if np.isnan(pace) else pace
