"""The simulated office agrees with queueing theory, with Ciw, and with its own rules."""

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
from edge_models.simulator.office import Line, Office, UnusableParameters, read_office
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


def test_the_simulator_agrees_with_ciw() -> None:
    """Lognormal service, where no formula is exact.

    Ciw is in no lock: it installs a package named `tests` that hides ours. Install it by hand.
    """
    ciw = pytest.importorskip("ciw", reason="Ciw is installed by hand, see the docstring")
    spread = math.sqrt(math.log(1 + 0.8**2))
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=0.2)],
        service_distributions=[ciw.dists.Lognormal(math.log(12) - spread**2 / 2, spread)],
        number_of_servers=[3],
    )
    theirs = []
    for seed in range(25):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(6000)
        records = simulation.get_all_records()
        theirs.append(np.mean([r.waiting_time for r in records if r.arrival_date > 500]))
    ours = mean_waits(PLAIN, 60)
    margin = 2.6 * math.sqrt(ours.var(ddof=1) / len(ours) + np.var(theirs, ddof=1) / len(theirs))
    assert abs(ours.mean() - np.mean(theirs)) < margin


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


@pytest.mark.parametrize(
    "change",
    [
        {"service_minutes": {}},
        {"office": {"counters": [["chung_thuc"]]}},
        {"office": {"wings": 3}},
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
