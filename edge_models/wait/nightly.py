"""What the night does for a model: training on the days so far, a first correction of its P90.

The classics of an evaluation learn anew every night from all offices of the log. `nights` lets a
model learn by the same rule, so that both know the same when a day begins.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from edge_models.ticket_log.columns import Ints
from edge_models.wait.baselines import Lesson
from edge_models.wait.conformal import DAYS, Conformal
from edge_models.wait.evaluate import Case, Model, unsaid, with_own_lines
from edge_models.wait.metrics import Forecasts
from edge_models.wait.sources import mature_lesson
from edge_models.wait.training import FEWEST

# The model of everything known before a day, told by its ordinal.
Train = Callable[[int], Model]


def lesson_before(case: Case, day: int) -> Lesson:
    """The called tickets of earlier days, with the features of a grown office."""
    return mature_lesson(case.log.rows(case.log.day < day), case.counters)


def calibrated(case: Case, train: Train) -> Conformal:
    """Corrections for a model of all tickets before the test.

    A model covers its own training days too well. So a second model learns without the last three
    of them, and its misses there are the first corrections; they are a little too careful.
    """
    conformal, late = Conformal(), _last_before(case)
    if not len(late):
        return conformal
    lesson, past = case.lesson, ~case.wanted
    these = past & np.isin(lesson.day, late)
    said = unsaid(case)
    fresh = train(int(late[0])).predict(lesson.rows[these])
    said.p50[these], said.p90[these] = fresh.p50, fresh.p90
    said = with_own_lines(case, said)
    for day in late:
        mine = past & (lesson.day == day)
        conformal.close_day(case.places(mine), said.p90[mine], lesson.wait[mine])
    return conformal


def nights(case: Case, train: Train) -> Forecasts:
    """What models say that learn anew every night, each of the one day after it.

    A row for each called ticket. The last days before the test are forecast by the same rule, if
    there is enough to learn from before them: from their misses, and later from those of each
    tested day, the P90 is corrected, and no model ever saw a day that corrects it.
    """
    said = unsaid(case)
    tested = np.unique(case.day[case.wanted])
    for day in [*_last_before(case).tolist(), *tested.tolist()]:
        mine = case.day == day
        fresh = train(day).predict(case.rows[mine])
        said.p50[mine], said.p90[mine] = fresh.p50, fresh.p90
    return said


def _last_before(case: Case) -> Ints:
    """The last days before the test; none if too little is known before them to learn from."""
    day, past = case.day, ~case.wanted
    late = np.unique(day[past])[-DAYS:]
    enough = len(late) and (past & (day < late[0])).sum() >= FEWEST
    return late if enough else late[:0]
