"""What the night does for a model: training on the days so far, a first correction of its P90."""

from __future__ import annotations

import numpy as np

from edge_models.wait.baselines import Lesson
from edge_models.wait.conformal import DAYS, Conformal
from edge_models.wait.evaluate import Case, with_own_lines
from edge_models.wait.metrics import Forecasts
from edge_models.wait.sources import mature_lesson
from edge_models.wait.training import FEWEST, Trainer


def lesson_before(case: Case, day: int) -> Lesson:
    """The called tickets of earlier days, with the features of a grown office."""
    return mature_lesson(case.log.rows(case.log.day < day), case.counters)


def calibrated(case: Case, trainer: Trainer) -> Conformal:
    """Corrections for a model of all tickets before the test.

    A model covers its own training days too well. So a second model learns without the last three
    of them, and its misses there are the first corrections; they are a little too careful.
    """
    conformal, lesson = Conformal(), case.lesson
    past = ~case.wanted
    late = np.unique(lesson.day[past])[-DAYS:]
    if not len(late) or (past & (lesson.day < late[0])).sum() < FEWEST:
        return conformal
    model = trainer.train(lesson_before(case, int(late[0])))
    these = past & np.isin(lesson.day, late)
    said = Forecasts(np.full(len(past), np.nan), np.full(len(past), np.nan))
    fresh = model.predict(lesson.rows[these])
    said.p50[these], said.p90[these] = fresh.p50, fresh.p90
    said = with_own_lines(case, said)
    for day in late:
        mine = past & (lesson.day == day)
        conformal.close_day(case.places(mine), said.p90[mine], lesson.wait[mine])
    return conformal
