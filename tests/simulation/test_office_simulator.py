"""The simulated office agrees with Erlang C and does everything it says it does."""

from __future__ import annotations

import csv
import json
import math
import time
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from edge_models.simulator.days import COLUMNS, as_log, simulate
from edge_models.simulator.erlang import mean_wait
from edge_models.simulator.office import (
    HALF_HOURS,
    Line,
    Office,
    UnusableParameters,
    read_office,
)
from edge_models.simulator.ticket import Ticket
from edge_models.ticket_log.reader import read_tickets
from queue_server.cli.app import motcua, run

PARAMETERS = {
    "visit_mix_commune": {"chung_thuc": 0.8, "ho_tich": 0.2},
    "service_minutes": {"chung_thuc": [8, 0.7], "ho_tich": [15, 0.6]},
    "office": {"visits": 150, "counters": [["chung_thuc"], ["chung_thuc", "ho_tich"]] * 2},
}
PLAIN = Office(
    (Line("CT", 1.0, 12.0, 0.8),),
    ((0,),) * 3,
    visits=12 * 100,
    sessions=((0.0, 6000.0),),
    half_hours={30 * slot: 1.0 for slot in range(200)},
    before_opening=0,
    monday=1,
    daily_cv=0,
    priority=0,
    no_show=0,
    impatient=0,
    bulk=0,
    break_share=0,
)


def mean_waits(office: Office, runs: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Mean wait of each run after 500 minutes, when the empty start is forgotten."""
    logs = (as_log(office, simulate(office, 1, seed)) for seed in range(runs))
    return np.array([np.nanmean(log.wait[log.arrived > 500]) for log in logs])


def test_erlang_c_gives_the_published_example() -> None:
    assert mean_wait(50, 12, 11) == pytest.approx(8.2, abs=0.05)
    assert mean_wait(50, 12, 10) == math.inf
    assert mean_wait(6, 5, 1) == pytest.approx(5.0)


def test_the_simulator_agrees_with_erlang_c() -> None:
    waits = mean_waits(replace(PLAIN, exponential=True), 60)
    margin = 2.6 * waits.std(ddof=1) / math.sqrt(len(waits))
    assert abs(waits.mean() - mean_wait(12, 12, 3)) < margin
    assert margin < 3


def write_parameters(folder: Path) -> Path:
    path = folder / "office.json"
    path.write_text(json.dumps(PARAMETERS))
    return path


def test_every_day_keeps_the_rules(tmp_path: Path) -> None:
    office = replace(read_office(write_parameters(tmp_path)), appointments=0.2)
    for _, tickets in simulate(office, 10, 3):
        called = sorted((t for t in tickets if t.counter >= 0), key=lambda t: (t.counter, t.called))
        for one, other in pairwise(called):
            assert one.counter != other.counter or one.finished <= other.called
        assert all(t.line in office.counters[t.counter] for t in called)
        assert all(t.called >= t.arrived >= 420 for t in called)
        assert {t.outcome for t in tickets} <= {"finished", "no_show", "abandoned", "expired"}
        left = [t for t in tickets if t.outcome == "abandoned"]
        assert all(45 <= t.finished - t.arrived <= 120 for t in left)
        assert not any(660 < t.called < 780 for t in called), "nobody is called at lunch"


def test_priority_turns_help_without_starving(tmp_path: Path) -> None:
    office = replace(read_office(write_parameters(tmp_path)), priority=0.15, visits=200)
    log = as_log(office, simulate(office, 20, 5))
    urgent = log.priority > 0
    assert np.nanmean(log.wait[urgent]) < 0.6 * np.nanmean(log.wait[~urgent])


def test_a_seed_says_everything_and_a_day_is_quick(tmp_path: Path) -> None:
    office = read_office(write_parameters(tmp_path))
    one, same, other = (as_log(office, simulate(office, 2, seed)).called for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one[:50], other[:50])
    began = time.process_time()
    for _ in simulate(office, 20, 1):
        pass
    assert (time.process_time() - began) / 20 < 0.05


def test_simulate_writes_the_canonical_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "log.csv"
    asked = ["simulate", "--params", str(write_parameters(tmp_path)), "--days", "3"]
    assert run(partial(motcua, [*asked, "--seed", "7", "--out", str(out)])) == 0
    assert "wait: mean" in capsys.readouterr().out
    with out.open(newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS
    log, faults = read_tickets(out)
    assert len(log) == faults.rows > 300
    assert not faults.dropped


def test_a_log_that_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["simulate", "--params", str(write_parameters(tmp_path)), "--days", "1"]
    assert run(partial(motcua, [*asked, "--out", str(tmp_path / "no" / "log.csv")])) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"service_minutes": {}},
        {"office": {"counters": [["chung_thuc"]]}},
        {"office": {"wings": 3}},
        {"office": {"priority": 2}},
        {"office": {"turns": [0, 0]}},
        {"office": {"half_hours": {}}},
        {"visit_mix_commune": {"chung_thuc": 0, "ho_tich": 0}},
        {"hours": {"default": [["seven", "11:00"]]}},
    ],
)
def test_parameters_that_make_no_office_are_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "office.json"
    path.write_text(json.dumps(PARAMETERS | change))
    with pytest.raises(UnusableParameters, match=r"office\.json"):
        read_office(path)


def days(office: Office, runs: int = 20) -> list[Ticket]:
    return [ticket for _, tickets in simulate(office, runs, 11) for ticket in tickets]


QUIET = replace(
    PLAIN,
    visits=150,
    sessions=((420.0, 660.0), (780.0, 1020.0)),
    half_hours=dict(HALF_HOURS),
)


def test_people_come_by_half_hour_and_stand_there_at_opening() -> None:
    tickets = days(replace(QUIET, before_opening=0.4), 40)
    early = [t for t in tickets if t.arrived < 426]
    assert 0.4 < len(early) / len(tickets) < 0.48, "the backlog gets its numbers in minutes"
    later = [t for t in tickets if t.arrived >= 450]
    for slot, share in HALF_HOURS.items():
        if slot >= 450:
            found = sum(slot <= t.arrived < slot + 30 for t in later) / len(later)
            assert found == pytest.approx(share / (1 - HALF_HOURS[420]), abs=0.02)


def test_appointments_come_on_the_quarter_and_some_do_not_come() -> None:
    everybody = days(replace(QUIET, appointments=1, appointment_no_show=0), 40)
    assert all(t.arrived % 15 == 0 for t in everybody)
    kept = days(replace(QUIET, appointments=1, appointment_no_show=0.4), 40)
    assert len(kept) / len(everybody) == pytest.approx(0.6, abs=0.04)


def test_bulk_filers_take_longer_and_no_shows_hardly_any_time() -> None:
    usual = np.mean([t.minutes for t in days(QUIET)])
    bulk = np.mean([t.minutes for t in days(replace(QUIET, bulk=0.25, bulk_times=(5, 5)))])
    assert bulk / usual == pytest.approx(2.0, rel=0.12)
    absent = [t for t in days(replace(QUIET, no_show=0.2)) if t.outcome == "no_show"]
    assert absent
    assert all(t.finished - t.called == pytest.approx(1.0) for t in absent)


def test_clerks_rest_and_lunch_lets_nobody_in() -> None:
    def gaps(office: Office) -> int:
        """How often a counter stood still for just the length of a break while people waited."""
        found = 0
        for _, tickets in simulate(office, 5, 4):
            work = sorted((t for t in tickets if t.counter >= 0), key=lambda t: t.called)
            for one, other in pairwise(w for w in work if w.counter == 0):
                found += abs(other.called - one.finished - office.break_min) < 1e-6
        return found

    busy = replace(QUIET, visits=260, break_min=9.5)
    assert gaps(busy) == 0
    assert gaps(replace(busy, break_share=1)) > 5
    assert not any(660 <= t.called < 780 for t in days(busy))
    assert any(660 <= t.called < 690 for t in days(replace(busy, late_lunch=30)))


def test_skills_decide_who_calls_whom() -> None:
    lines = (Line("A", 1, 10), Line("B", 1, 10))
    tickets = days(replace(QUIET, lines=lines, counters=((0,), (1,), (0, 1)), visits=120))
    assert {(t.counter, t.line) for t in tickets if t.counter >= 0} == {
        (0, 0), (1, 1), (2, 0), (2, 1)
    }  # fmt: skip


def test_the_starvation_guard_puts_the_overdue_first() -> None:
    crowded = replace(QUIET, visits=200, priority=0.5)
    guarded = days(replace(crowded, guard=30))
    worst = [max(t.called - t.arrived for t in days(crowded) if t.counter >= 0)]
    worst.append(max(t.called - t.arrived for t in guarded if t.counter >= 0))
    assert worst[1] < worst[0]
