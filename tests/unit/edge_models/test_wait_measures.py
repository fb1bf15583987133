"""Errors, intervals, corrections and the classical predictors do what their names say."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from edge_models.ticket_log.open_counters import OpenCounters
from edge_models.wait import baselines, q_lasso
from edge_models.wait import evaluate as measuring
from edge_models.wait.conformal import Conformal, Places
from edge_models.wait.metrics import Bootstrap, Forecasts, Truth, measure, ratios
from edge_models.wait.model import learned_from
from edge_models.wait.replay import Replay
from queue_server.cli.app import motcua, run
from tests.unit.edge_models.wait_logs import FIRST_DAY, busy_log

HEAD = "office,service,date,ticket,arrived_at,called_at\n"


def test_figures_by_hand() -> None:
    ahead = np.array([0.0, 9.0])
    truth = Truth(np.array([0.0, 10.0]), np.zeros(2, int), np.array([0, 1]), ahead, ahead)
    found = measure(truth, Forecasts(np.array([2.0, 6.0]), np.array([4.0, 9.0])), ("A",))
    assert found["mae"] == 3.0
    assert found["rmse"] == pytest.approx(math.sqrt(10))
    assert found["pinball_50"] == 1.5
    assert found["pinball_90"] == pytest.approx((0.1 * 4 + 0.9 * 1) / 2)
    assert found["coverage_90"] == 0.5
    assert found["coverage_90_by_ahead"] == {"0": 1.0, "9+": 0.0}
    assert found["coverage_90_worst_office"] is None
    assert found["bias"] == -1.0


def test_the_bootstrap_draws_queue_days_not_tickets() -> None:
    """Ten tickets of one queue-day say no more than one: the interval stays as wide."""
    rng = np.random.default_rng(0)
    values = rng.normal(5, 1, 100)
    once = Bootstrap.of(np.arange(100)).means(values)
    tenfold = Bootstrap.of(np.repeat(np.arange(100), 10)).means(np.repeat(values, 10))
    assert tenfold.std() == pytest.approx(once.std(), rel=1e-6)
    assert once.std() == pytest.approx(values.std() / 10, rel=0.15)


def test_ratios_pick_the_best_baseline_for_each_figure() -> None:
    wait = np.array([0.0, 0.0, 0.0, 8.0])
    truth = Truth(wait, np.zeros(4, int), np.arange(4), wait, wait)
    steady, mostly = np.full(4, 2.0), np.zeros(4)
    found = ratios(truth, np.array([0.0, 0.0, 0.0, 4.0]), {"les": steady, "hol": mostly})
    assert found["mae_to_best"]["value"] == 0.5  # type: ignore[index]  # figures are nested
    assert found["mae_to_best"]["against"] == "hol"  # type: ignore[index]  # figures are nested
    assert found["rmse_to_best"]["against"] == "les"  # type: ignore[index]  # figures are nested


def places(number: int, ahead: float = 0.0) -> Places:
    return Places(np.zeros(number, int), np.full(number, ahead), np.full(number, 600.0))


def test_conformal_brings_nine_of_ten_below() -> None:
    rng = np.random.default_rng(2)
    conformal = Conformal()
    for _ in range(3):
        conformal.close_day(places(400), np.full(400, 5.0), rng.exponential(10, 400))
    fresh = rng.exponential(10, 5000)
    p90 = conformal.correct(places(5000), np.full(5000, 5.0), np.zeros(5000))
    assert (fresh <= p90).mean() == pytest.approx(0.9, abs=0.02)
    assert (fresh <= 5.0).mean() < 0.5


def test_conformal_forgets_after_three_days_and_small_groups_ask_larger_ones() -> None:
    conformal = Conformal()
    conformal.close_day(places(100), np.full(100, 5.0), np.full(100, 50.0))
    for _ in range(3):
        conformal.close_day(places(100), np.full(100, 5.0), np.full(100, 5.0))
    assert conformal.correct(places(1), np.array([5.0]), np.array([0.0])) == 5.0
    conformal.close_day(places(10, ahead=20), np.full(10, 5.0), np.full(10, 500.0))
    far = conformal.correct(places(1, ahead=20), np.array([5.0]), np.array([0.0]))
    assert far == 5.0
    assert Conformal().correct(places(1), np.array([5.0]), np.array([7.0])) == 7.0


def test_descent_solves_the_lasso() -> None:
    """At the minimum the slope equals the penalty on kept weights and is below it elsewhere."""
    rng = np.random.default_rng(3)
    columns = rng.normal(size=(500, 6))
    target = columns @ [3.0, 0, -2, 0, 0, 0.02] + rng.normal(size=500)
    gram, slope = columns.T @ columns / 500, columns.T @ target / 500
    weights = q_lasso.descend(gram, slope, np.zeros(6), 0.2)
    pull = slope - gram @ weights
    kept = weights != 0
    assert kept.tolist() == [True, False, True, False, False, False]
    assert pull[kept] == pytest.approx(0.2 * np.sign(weights[kept]), abs=1e-4)
    assert (np.abs(pull[~kept]) <= 0.2 + 1e-4).all()


def test_q_lasso_learns_a_line_and_says_nothing_from_too_little() -> None:
    rng = np.random.default_rng(5)
    rows = np.column_stack([rng.uniform(0, 20, 400), np.full(400, np.nan), np.full(400, 540.0)])
    wait, day = 3 * rows[:, 0] + 2, np.repeat(np.arange(5), 80)
    model = q_lasso.fit(rows, wait, day, 2)
    assert model is not None
    assert np.abs(model.predict(rows) - wait).mean() < 0.5
    assert q_lasso.fit(rows[:10], wait[:10], day[:10], 2) is None


def test_a_night_of_the_classics_learns_from_the_newest_tickets_it_has_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What lies further back changes nothing; each night is told of."""
    monkeypatch.setattr(baselines, "MOST", 200)
    said, told = [], []
    for factor in (1.0, 9.0):
        log = busy_log(days=6, tickets=80)
        case = measuring.prepare(log, OpenCounters(), measuring.Asked(FIRST_DAY + 4))
        lesson = case.lesson
        wait = np.where(case.day < FIRST_DAY + 1, lesson.wait * factor, lesson.wait)
        changed = baselines.Lesson(lesson.rows, wait, lesson.day)
        found = baselines.forecasts(
            changed,
            baselines.nothing(),
            case.wanted,
            progress=lambda done, of: told.append((done, of)),
        )
        said.append(found["q_lasso"][case.wanted])
    np.testing.assert_array_equal(said[0], said[1])
    nights = len(np.unique(case.day[case.wanted]))
    assert told == [(night, nights) for night in range(nights)] * 2


def test_a_case_without_nights_has_no_learned_answers() -> None:
    log = busy_log(days=5)
    asked = measuring.Asked(FIRST_DAY + 3)
    warm = measuring.classics(measuring.prepare(log, OpenCounters(), asked))
    cold_case = measuring.prepare(
        log, OpenCounters(), measuring.Asked(FIRST_DAY + 3, learning=False)
    )
    cold = measuring.classics(cold_case)
    assert "q_lasso" in warm
    assert "q_lasso" not in cold
    assert len(warm["les"].p50) == cold_case.wanted.sum() == len(cold["les"].p50)
    assert not np.array_equal(warm["mean_of_queue"].p50, cold["mean_of_queue"].p50)


def test_a_case_keeps_the_features_of_called_tickets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "AT_ONCE", 7)
    log = busy_log(days=2)
    case = measuring.prepare(log, OpenCounters(), measuring.Asked(FIRST_DAY + 1))
    called = ~np.isnan(log.called)
    assert 0 < called.sum() < len(log)
    np.testing.assert_array_equal(case.rows, Replay(log).run()[called])
    np.testing.assert_array_equal(case.places(case.wanted).minute, log.arrived[called][case.wanted])


def write_log(folder: Path) -> Path:
    log = busy_log(days=4)
    path = folder / "log.csv"
    lines = [
        f"{log.offices[0]},{log.services[log.service[i]]},2026-01-0{4 + log.day[i] - FIRST_DAY},"
        f"{i},{log.arrived[i]},{'' if np.isnan(log.called[i]) else log.called[i]}\n"
        for i in range(len(log))
    ]
    path.write_text(HEAD + "".join(lines) + "A,X,2026-01-07,999,480,470\n")
    return path


def test_evaluate_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    log = str(write_log(tmp_path))
    asked = ["wait", "evaluate", "--tickets", log, "--test-from", "2026-01-06", "--json", str(out)]
    assert run(partial(motcua, asked)) == 0
    said = json.loads(out.read_text())
    assert said["rows"] > 100
    wanted = {"mae", "rmse", "p90_abs_error", "pinball_50", "pinball_90", "coverage_90"}
    assert wanted | {"coverage_90_worst_office"} <= set(said["models"]["les"])
    assert {"shipped", "les", "hol", "mean_of_queue", "q_lasso"} <= set(said["models"])
    assert 0 < said["ratios"]["shipped"]["mae_to_best"]["value"] < 5
    assert said["faults"]["models"] == {"tested_rows_the_shipped_model_learned_from": 0}
    assert sum(said["faults"]["tickets"]["dropped"].values()) == 1
    shown = capsys.readouterr().out
    assert "queue_length_x_interval" in shown
    assert f"{said['models']['les']['mae']:.3f}" in shown
    assert "…" not in shown
    assert "negative wait" in shown


def test_training_needs_days_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = str(write_log(tmp_path))
    asked = ["wait", "evaluate", "--train", "--tickets", log, "--test-from", "2026-01-05"]
    assert run(partial(motcua, asked)) == 2
    assert "at least 500" in capsys.readouterr().err


def test_a_model_trained_on_the_log_is_measured_beside_the_shipped_one(tmp_path: Path) -> None:
    out, log = tmp_path / "out.json", tmp_path / "log.csv"
    made = ["simulate", "--params", str(parameters(tmp_path)), "--days", "9", "--out", str(log)]
    assert run(partial(motcua, made)) == 0
    asked = ["wait", "evaluate", "--train", "--tickets", str(log), "--json", str(out)]
    assert run(partial(motcua, [*asked, "--nightly", "--test-from", "2026-01-14"])) == 0
    said = json.loads(out.read_text())
    for model in ("trained", "trained_nightly"):
        assert said["models"][model]["mae"] < said["models"]["les"]["mae"]
        assert said["models"][model]["coverage_90"] > 0.75
        assert "mae_to_best" in said["ratios"][model]


@pytest.mark.parametrize("others", [[], ["--train", "--cold"]])
def test_nights_without_a_model_that_learns_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], others: list[str]
) -> None:
    log = str(write_log(tmp_path))
    asked = ["wait", "evaluate", "--nightly", "--tickets", log, "--test-from", "2026-01-06"]
    assert run(partial(motcua, [*asked, *others])) == 2
    assert "--nightly needs --train" in capsys.readouterr().err


def parameters(folder: Path) -> Path:
    path = folder / "office.json"
    told = {"visit_mix_commune": {"CT": 1}, "service_minutes": {"CT": [9, 0.7]}}
    path.write_text(json.dumps(told | {"office": {"visits": 190}}))
    return path


def test_days_the_model_learned_from_are_known() -> None:
    log = busy_log(days=3)
    first = date.fromordinal(FIRST_DAY)
    span = {"office": "A", "from": first.isoformat(), "to": (first + timedelta(1)).isoformat()}
    seen = learned_from(log, [span, span | {"office": "elsewhere"}])
    assert seen.tolist() == (log.day <= FIRST_DAY + 1).tolist()


@pytest.mark.parametrize("body", ["", HEAD, HEAD + "A,X,2026-01-07,1,480,490\n"])
def test_nothing_to_measure_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(body)
    asked = ["wait", "evaluate", "--tickets", str(path), "--test-from", "2026-02-01"]
    assert run(partial(motcua, asked)) == 2
    assert capsys.readouterr().err.count("\n") == 1
