"""A model that learns every night never knows the day it forecasts, nor any later one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait import evaluate as measuring
from edge_models.wait import reference
from edge_models.wait.conformal import DAYS
from edge_models.wait.metrics import Forecasts
from edge_models.wait.nightly import calibrated, lesson_before, nights
from edge_models.wait.replay import Matrix
from edge_models.wait.study import lived
from tests.unit.edge_models.wait_logs import FIRST_DAY, busy_log


@dataclass(frozen=True)
class OfDay:
    """Says which day it was trained for."""

    day: int

    def predict(self, rows: Matrix) -> Forecasts:
        said = np.full(len(rows), float(self.day))
        return Forecasts(said, said)


@pytest.fixture(scope="module")
def case() -> measuring.Case:
    asked = measuring.Asked(FIRST_DAY + 8)
    return measuring.prepare(busy_log(days=10, tickets=110), OpenCounters(), asked)


def test_each_day_is_forecast_by_the_model_of_the_night_before(case: measuring.Case) -> None:
    said = nights(case, OfDay)
    forecast = ~np.isnan(said.p50)
    np.testing.assert_array_equal(said.p50[forecast], case.day[forecast])
    asked = np.unique(case.day[forecast]).tolist()
    assert asked == list(range(FIRST_DAY + 8 - DAYS, FIRST_DAY + 10))
    for day in asked:
        assert lesson_before(case, day).day.max() < day


def test_without_days_to_learn_from_only_the_tested_ones_are_forecast() -> None:
    asked = measuring.Asked(FIRST_DAY + 2)
    case = measuring.prepare(busy_log(days=4), OpenCounters(), asked)
    forecast = ~np.isnan(nights(case, OfDay).p50)
    np.testing.assert_array_equal(forecast, case.wanted)
    assert not calibrated(case, OfDay).days


def test_the_reference_of_the_plan_knows_earlier_days_and_forecasts(case: measuring.Case) -> None:
    train = lived(case)
    said = measuring.rolled(case, nights(case, train))
    wait = case.wait[case.wanted]
    spread = np.abs(wait - np.median(case.wait[~case.wanted])).mean()
    assert np.abs(said.p50 - wait).mean() < spread
    assert (said.p90 >= said.p50).all()
    alone = reference.train(case.lesson.part(case.day < FIRST_DAY + 8))
    rows = case.rows[case.wanted]
    np.testing.assert_array_equal(alone.predict(rows).p50, train(FIRST_DAY + 8).predict(rows).p50)
