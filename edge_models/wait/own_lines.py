"""What an office's own nights add to the model: a small linear forecast of each of its lines.

The wait is sought in its root, from roots of what the classical predictors say. Ridge regression
over all tickets of the office, then over those of one line for what is left: a line with few
tickets stays near its office. Trees know queues in general, this knows these lines; half and half
is better than either once a line has been seen for some days, and the first days count little.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints
from edge_models.wait.features import PLACE
from edge_models.wait.metrics import Forecasts
from edge_models.wait.replay import Matrix

PREDICTORS = (
    *("turns", "turns_x_interval_by_place", "turns_x_pace_60", "hol", "turns_x_pace_latest"),
    *("les", "mean_age", "fluid_30", "fluid_10", "fluid_60", "turns_x_pace_waiting"),
    *("usual_wait_now", "turns_x_interval", "turns_x_interval_now", "turns_x_interval_a_counter"),
    *("usual_walk", "mean_wait_30", "mean_wait_60", "not_overtaken", "office_waiting"),
    *("calls_15", "calls_30", "arrivals_15", "arrivals_60", "walk_today"),
    *("turns_x_interval_recent", "pace_today_to_interval", "opening_and_turns_x_interval"),
    *("competing_a_counter", "mean_wait_5", "second_les", "arrivals_30", "calls_60", "fluid_3"),
    *("turns_a_counter", "open_counters", "ahead_of_lower_class", "waited_calls_30"),
    *("since_call", "usual_fluid", "calls_to_usual", "arrivals_to_usual"),
)
BENT = 4  # the first of them may count differently when they are large
PLACES = np.array([PLACE[name] for name in PREDICTORS])
USUAL, MINUTE, SINCE = (PLACE[name] for name in ("usual_wait", "minute", "since_call"))
# An unknown wait of this place is taken for its usual one, an unknown past wait for the line's.
COMING = [1.0 * (name.startswith("turns_x") or "fluid" in name) for name in PREDICTORS]
PAST_NAMES = ("les", "second_les", "mean_wait_5", "mean_wait_30", "mean_wait_60", "usual_wait_now")
INSTEAD = np.array([COMING, [1.0 * (name in PAST_NAMES) for name in PREDICTORS]])
FIRST_GUESS = 3.0
LONGEST = 600.0
HOURS = 24
# Columns: what the first predictors exceed their knots by, roots, a product, silence, hours, one.
ROOTS = slice(BENT, BENT + len(PREDICTORS))
PRODUCT, SILENT, HOUR = ROOTS.stop, ROOTS.stop + 1, ROOTS.stop + 2
WIDTH = HOUR + HOURS + 1
SILENCE = 10.0
OFFICE_RIDGE = LINE_RIDGE = 300.0
FADES = 0.9
FEWEST, FEWEST_IN_LINE = 200, 30
SIGMAS = 4.0
STEADY = 1e-6
# After d days the linear forecast counts by this share of d / (d + SOME_DAYS).
SHARE, SOME_DAYS = 0.6, 2.0
LONGEST_ROOT = LONGEST**0.5


def design(rows: Matrix) -> Matrix:
    """Roots of the predictors and the hour; every unknown number has become a guess."""
    told = rows.take(PLACES, axis=1)
    unknown = np.isnan(told)
    instead = np.empty((len(rows), 2))
    instead[:, 0] = np.where(unknown[:, 1], FIRST_GUESS * told[:, 0], told[:, 1])
    usual = rows[:, USUAL]
    instead[:, 1] = np.where(np.isnan(usual), instead[:, 0], usual)
    known = np.where(unknown, instead @ INSTEAD, told)
    columns = np.zeros((len(rows), WIDTH))
    roots = columns[:, ROOTS]
    np.sqrt(np.minimum(np.maximum(known, 0.0), LONGEST), out=roots)
    columns[:, PRODUCT] = roots[:, 0] * roots[:, 1]
    columns[:, SILENT] = rows[:, SINCE] > SILENCE
    for row, minute in enumerate(rows[:, MINUTE].tolist()):
        columns[row, HOUR + min(max(int(minute // 60), 0), HOURS - 1)] = 1.0
    columns[:, -1] = 1.0
    return columns


@dataclass(frozen=True, slots=True)
class Scale:
    """How raw columns become comparable; the last column is the constant."""

    knots: Floats
    mean: Floats
    spread: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, columns: Matrix) -> Scale:
        """Learned from these columns."""
        knots = np.median(columns[:, BENT : 2 * BENT], axis=0)
        bent = columns.copy()
        bent[:, :BENT] = np.maximum(columns[:, BENT : 2 * BENT] - knots, 0.0)
        spread = bent.std(axis=0)
        mean, spread = bent.mean(axis=0), np.where(spread > STEADY, spread, 1.0)
        mean[-1] = 0.0
        return cls(knots, mean, spread, mean - SIGMAS * spread, mean + SIGMAS * spread)

    def bend(self, columns: Matrix) -> Matrix:
        """The same columns with the bent ones filled in and without outliers."""
        np.maximum(columns[:, BENT : 2 * BENT] - self.knots, 0.0, out=columns[:, :BENT])
        np.maximum(columns, self.low, out=columns)
        return np.minimum(columns, self.high, out=columns)

    def straight(self, weights: Floats, level: float) -> Straight:
        """Weights of standard columns as weights of bent ones."""
        plain = weights / self.spread
        return Straight(plain, level - float(self.mean @ plain))


@dataclass(frozen=True, slots=True)
class Straight:
    """A straight line through the bent columns: the root of the wait."""

    weights: Floats
    level: float


def ridge(columns: Matrix, wanted: Floats, weight: Floats, penalty: float) -> Floats:
    """Weights that minimise the weighted squares plus a penalty on their size."""
    weighted = columns * weight[:, None]
    gram = weighted.T @ columns + penalty * np.eye(columns.shape[1])
    return np.asarray(np.linalg.solve(gram, weighted.T @ wanted))


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The linear forecasts of one office; without any it leaves the model alone."""

    scale: Scale | None = None
    office: Straight | None = None
    lines: dict[int, Straight] = field(default_factory=dict)
    days: int = 0

    @property
    def share(self) -> float:
        """How much it counts beside the model, 0 to 1."""
        return SHARE * self.days / (self.days + SOME_DAYS) if self.scale is not None else 0.0

    def predict(self, rows: Matrix, service: Ints) -> Floats:
        """Minutes for each row and the line it stands in; needs to have learned."""
        if self.scale is None or self.office is None:
            raise ValueError("nothing was learned yet")
        columns = self.scale.bend(design(rows))
        root = np.empty(len(rows))
        there = set(service.tolist())
        for line in there:
            known = self.lines.get(line, self.office)
            mine = service == line if len(there) > 1 else slice(None)
            root[mine] = columns[mine] @ known.weights + known.level
        return np.asarray(np.minimum(np.maximum(root, 0.0), LONGEST_ROOT) ** 2)

    def blend(self, said: Forecasts, rows: Matrix, service: Ints) -> Forecasts:
        """The model's forecasts drawn towards the office's own; P90 moves by the same root."""
        if not self.share or not len(rows):
            return said
        own = np.sqrt(self.predict(np.asarray(rows, dtype=np.float64), service))
        root = np.sqrt(said.p50)
        moved = self.share * (own - root)
        p50 = (root + moved) ** 2
        return Forecasts(p50, np.maximum(np.maximum(np.sqrt(said.p90) + moved, 0.0) ** 2, p50))


def learn(rows: Matrix, wait: Floats, day: Ints, service: Ints) -> OwnLines:
    """A night: learn from the called tickets of an office's last days, yesterday most.

    Args:
        rows: features of the tickets as they were at arrival.
        wait: minutes each waited.
        day: ordinal of each ticket's day.
        service: number of each ticket's line.
    """
    if len(wait) < FEWEST:
        return OwnLines()
    days, age = np.unique(day, return_inverse=True)
    weight = np.power(FADES, len(days) - 1.0 - age.reshape(-1), dtype=np.float64)
    raw = design(rows)
    scale = Scale.of(raw)
    columns, root = (scale.bend(raw) - scale.mean) / scale.spread, np.sqrt(wait)
    level = float(np.average(root, weights=weight))
    office = ridge(columns, root - level, weight, OFFICE_RIDGE)
    left = root - level - columns @ office
    lines = {}
    for line in np.unique(service).tolist():
        mine = service == line
        if mine.sum() >= FEWEST_IN_LINE:
            own = ridge(columns[mine], left[mine], weight[mine], LINE_RIDGE)
            lines[line] = scale.straight(office + own, level)
    return OwnLines(scale, scale.straight(office, level), lines, len(days))
