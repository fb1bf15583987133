"""What nights add: learned from earlier days only, little at first, and worth its place."""

from __future__ import annotations

import numpy as np
import pytest

from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait import evaluate as measuring
from edge_models.wait.features import FEATURES, PLACE
from edge_models.wait.mature import mature_rows
from edge_models.wait.metrics import Forecasts
from edge_models.wait.own_lines import OwnLines, learn
from edge_models.wait.replay import Replay
from tests.unit.edge_models.wait_logs import FIRST_DAY, busy_log


def lines_with_habits(days: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Two lines: one takes two minutes a place, the other six; the model cannot tell them apart."""
    rng = np.random.default_rng(7)
    number = days * 200
    rows = np.full((number, len(FEATURES)), np.nan)
    service = rng.integers(0, 2, number)
    rows[:, PLACE["turns"]] = rng.integers(1, 12, number)
    rows[:, PLACE["minute"]] = rng.uniform(480, 960, number)
    wait = rows[:, PLACE["turns"]] * np.where(service == 0, 2.0, 6.0) + rng.exponential(1, number)
    return rows, wait, np.repeat(np.arange(days), 200), service


def test_each_line_is_known_by_its_habits() -> None:
    rows, wait, day, service = lines_with_habits()
    past = day < 5
    own = learn(rows[past], wait[past], day[past], service[past])
    said = own.predict(rows[~past], service[~past])
    strange = own.predict(rows[~past], np.full((~past).sum(), 99))
    miss, lost = (np.abs(each - wait[~past]).mean() for each in (said, strange))
    assert miss < 0.6 * lost
    one = [own.predict(rows[[i]], service[[i]])[0] for i in range(20)]
    np.testing.assert_allclose(one, own.predict(rows[:20], service[:20]), rtol=1e-9)


def test_it_counts_more_with_every_day_and_not_at_all_before() -> None:
    rows, wait, day, service = lines_with_habits()
    shares = [
        learn(rows[day < n], wait[day < n], day[day < n], service[day < n]).share
        for n in range(1, 7)
    ]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 0.6
    said = Forecasts(np.full(len(rows), 9.0), np.full(len(rows), 20.0))
    assert OwnLines().blend(said, rows, service) is said
    assert learn(rows[:20], wait[:20], day[:20], service[:20]).share == 0.0
    with pytest.raises(ValueError, match="nothing"):
        OwnLines().predict(rows, service)


def test_the_p90_moves_along_and_stays_above() -> None:
    rows, wait, day, service = lines_with_habits()
    own = learn(rows, wait, day, service)
    said = Forecasts(np.full(len(rows), 30.0), np.full(len(rows), 31.0))
    found = own.blend(said, rows, service)
    assert (found.p90 >= found.p50).all()
    slow = (service == 1) & (rows[:, PLACE["turns"]] > 8)
    assert found.p50[slow].mean() > found.p50[~slow].mean() + 5


def test_forecasts_know_nothing_of_their_own_day_or_later() -> None:
    """Truncation: with all waits from a day on changed, what was learned before it stays."""
    log = busy_log(days=8, tickets=80)
    case = measuring.prepare(log, OpenCounters(), measuring.Asked(FIRST_DAY + 5))
    raw = Forecasts(np.full(len(case.called), 7.0), np.full(len(case.called), 15.0))
    before = measuring.with_own_lines(case, raw)
    assert not np.array_equal(before.p50, raw.p50)
    later = case.lesson.day >= FIRST_DAY + 6
    log.called[case.called[later]] += 25.0
    after = measuring.with_own_lines(case, raw)
    np.testing.assert_array_equal(after.p50[~later], before.p50[~later])
    next_days = case.lesson.day > FIRST_DAY + 6
    assert not np.array_equal(after.p50[next_days], before.p50[next_days])


def test_mature_rows_leave_out_their_own_day() -> None:
    log = busy_log(days=4)
    rows, grown = Replay(log).run(), mature_rows(log, OpenCounters())
    first = log.day == FIRST_DAY
    assert np.isnan(rows[first, PLACE["interval"]]).all()
    assert not np.isnan(grown[first, PLACE["interval"]]).any()
    shared = [PLACE[name] for name in ("ahead", "les", "hol", "minute")]
    np.testing.assert_array_equal(rows[:, shared], grown[:, shared])
    log.called[log.day == FIRST_DAY + 3] += 30.0
    again = mature_rows(log, OpenCounters())
    last = log.day == FIRST_DAY + 3
    interval = PLACE["interval"]
    np.testing.assert_array_equal(again[last, interval], grown[last, interval])
    assert not np.array_equal(again[first, interval], grown[first, interval])
