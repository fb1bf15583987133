"""Features know only what happened before the ticket, live as well as from a log."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from edge_models.ticket_log.columns import TicketLog
from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.ticket_log.reader import read_tickets
from edge_models.wait.features import FEATURES, PLACE, features
from edge_models.wait.memory import LineDay, LineMemory, OfficeMemory, weighted_median
from edge_models.wait.office_now import OfficeNow
from edge_models.wait.replay import Replay
from tests.fakes.shared import SHARED
from tests.unit.edge_models.wait_logs import FIRST_DAY, busy_log

WAITS = SHARED / "data" / "waits"


def cut(log: TicketLog, ticket: int) -> TicketLog:
    """The log as it was known when a ticket arrived: later rows and later times are gone."""
    day, at = log.day[ticket], log.arrived[ticket]
    same = log.office == log.office[ticket]
    known = same & ((log.day < day) | ((log.day == day) & (np.arange(len(log)) <= ticket)))
    left = log.rows(known)
    today = left.day == day
    left.called[today & (left.called >= at)] = np.nan
    left.finished[today & (left.finished >= at)] = np.nan
    return left


@pytest.mark.parametrize("seed", range(3))
def test_a_log_cut_at_arrival_gives_identical_features(seed: int) -> None:
    log = busy_log(seed=seed)
    rows = Replay(log).run()
    for ticket in range(5, len(log), 7):
        again = Replay(cut(log, ticket)).run()[-1]
        np.testing.assert_array_equal(rows[ticket], again)


def test_earlier_waits_change_what_later_tickets_see() -> None:
    """The test above compares something that does move with the log."""
    log = busy_log()
    before = Replay(log).run()
    log.called[:] -= 0.5 * log.wait
    changed = ~np.isclose(before, Replay(log).run(), equal_nan=True)
    assert changed[:, PLACE["les"]].mean() > 0.1
    assert not changed[:, PLACE["minute"]].any()


@pytest.mark.skipif(not WAITS.is_dir(), reason="the real ticket logs are not on this machine")
def test_real_tickets_know_nothing_later() -> None:
    log, _ = read_tickets(WAITS / "bank_january.csv.gz")
    log = log.rows(log.day <= log.day[0] + 2)
    rows = Replay(log).run()
    for ticket in range(100, len(log), 400):
        np.testing.assert_array_equal(rows[ticket], Replay(cut(log, ticket)).run()[-1])


def test_live_events_give_the_features_of_the_log() -> None:
    log = busy_log(days=1)
    rows = Replay(log).run()
    live = OfficeNow(OfficeMemory(), date.fromordinal(FIRST_DAY).weekday())
    happened: list[tuple[float, int, str, int]] = []
    for ticket in range(len(log)):
        happened.append((log.arrived[ticket], 0, "arrive", ticket))
        happened.append((log.called[ticket], 1, "call", ticket))
        happened.append((log.finished[ticket], 2, "finish", ticket))
    for at, _, what, ticket in sorted(one for one in happened if not math.isnan(one[0])):
        service = int(log.service[ticket])
        if what == "arrive":
            priority = float(log.priority[ticket])
            # Asking more often than the log does, as a live screen would, changes nothing.
            features(live, service, at, priority)
            np.testing.assert_array_equal(features(live, service, at, priority), rows[ticket])
            live.arrive(f"T{ticket}", service, at, priority)
        elif what == "call":
            live.call(f"T{ticket}", service, at, int(log.counter[ticket]))
        else:
            live.finish(f"T{ticket}", service, at)


def test_a_small_morning_by_hand() -> None:
    now = OfficeNow(OfficeMemory(), 0)
    for ticket, at in enumerate((480.0, 482.0, 484.0, 486.0)):
        now.arrive(ticket, 0, at)
    now.call(0, 0, 485.0, 1)
    now.call(1, 0, 490.0, 2)
    now.finish(0, 0, 491.0)
    row = dict(zip(FEATURES, features(now, 0, 494.0), strict=True))
    assert row["ahead"] == 2
    assert row["hol"] == 10.0
    assert row["les"] == 8.0
    assert row["second_les"] == 5.0
    assert row["since_call"] == 4.0
    assert row["pace_latest"] == (5 + 8) / (1 + 2)
    assert row["turns_x_pace_latest"] == 3 * 13 / 3
    assert (row["busy"], row["ready"], row["active"]) == (1.0, 0.0, 2.0)
    assert row["service_min"] == 6.0
    assert math.isnan(row["interval"])
    assert math.isnan(row["open_counters"])


def test_whom_three_later_ones_went_before_is_gone_though_no_log_says_so() -> None:
    now = OfficeNow(OfficeMemory(), 0)
    for ticket in range(6):
        now.arrive(ticket, 0, 480.0 + ticket)
    now.arrive("urgent", 0, 486.0, 1.0)
    now.call("urgent", 0, 487.0)
    for ticket in (1, 2):
        now.call(ticket, 0, 490.0 + ticket)
    # The urgent one passed nobody of a lower class over: that is the rule of the office.
    assert features(now, 0, 493.0)[PLACE["ahead"]] == 4.0
    assert features(now, 0, 493.0)[PLACE["hol"]] == 13.0
    now.call(3, 0, 494.0)
    assert features(now, 0, 495.0)[PLACE["ahead"]] == 2.0
    assert features(now, 0, 495.0)[PLACE["hol"]] == 11.0
    now.call(0, 0, 496.0)
    now.finish(0, 0, 497.0)
    assert features(now, 0, 498.0)[PLACE["ahead"]] == 2.0


def test_a_place_further_back_can_be_asked_for() -> None:
    now = OfficeNow(OfficeMemory(), 0)
    for ticket in range(5):
        now.arrive(ticket, 0, 480.0 + ticket)
    assert features(now, 0, 490.0, ahead=1)[PLACE["turns"]] == 2.0
    assert features(now, 0, 490.0)[PLACE["turns"]] == 6.0


def test_open_counters_are_seen_and_without_nights_nothing_is_learned() -> None:
    log = busy_log()
    opened = OpenCounters({(0, FIRST_DAY): [(470.0, 0, 2)]})
    rows = Replay(log, opened).run()
    mine = (log.day == FIRST_DAY) & (log.service == 0)
    assert set(rows[mine, PLACE["open_counters"]]) == {2.0}
    second = log.day > FIRST_DAY
    assert not np.isnan(rows[second, PLACE["interval"]]).any()
    assert np.isnan(Replay(log, opened, learning=False).run()[:, PLACE["interval"]]).all()


def test_the_interval_is_the_one_of_least_absolute_deviations() -> None:
    rng = np.random.default_rng(4)
    turns = rng.integers(1, 20, 200).astype(float)
    wait = 3.2 * turns + rng.standard_cauchy(200)
    found = weighted_median(wait / turns, turns)
    grid = np.linspace(2.5, 4, 1501)
    best = grid[np.abs(wait[:, None] - turns[:, None] * grid).sum(axis=0).argmin()]
    assert found == pytest.approx(best, abs=0.002)
    assert math.isnan(weighted_median(np.array([]), np.array([])))


def test_memory_leans_on_the_mean_where_it_knows_little() -> None:
    memory = LineMemory()
    arrived = np.array([480.0, 481.0, 600.0])
    day = LineDay(
        arrived, arrived + np.array([10.0, 10.0, 40.0]), np.ones(3), np.full(3, 2.0), np.ones(3)
    )
    memory.close_day(day)
    assert memory.mean_wait == 20.0
    assert memory.wait_at[16] == pytest.approx((20 + 10 * 20) / 12)
    assert memory.wait_at[30] == 20.0
    assert memory.interval_a_counter == 2 * memory.interval == 20.0
    assert (memory.first_call, memory.last_call) == (490.0, 640.0)
