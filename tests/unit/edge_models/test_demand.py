"""Demand: the calendar is known, the better model is used, errors and intervals are honest."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_models.demand.arrivals import SLOTS, Arrivals, arrivals_of_offices
from edge_models.demand.evaluate import measure, report
from edge_models.demand.forecast import (
    FEW_DAYS,
    HOLIDAY,
    LEARNED,
    NO_HISTORY,
    SEASONAL,
    Tried,
    better,
    forecast_day,
)
from edge_models.demand.known_days import Calendar, UnknownCountry
from edge_models.demand.spread import Spread, learn_spread
from edge_models.demand.tet import rush_size
from edge_models.simulator.days import as_log, simulate
from edge_models.simulator.office import Line, Office
from queue_server.cli.app import motcua, run

VIETNAM = Calendar()
OFFICE = Office((Line("CT", 0.7, 8), Line("HT", 0.3, 15)), ((0, 1),) * 5, visits=300)


def history(days: int, seed: int = 1) -> Arrivals:
    """Working days from Monday 5 January 2026 on."""
    offices, outside = arrivals_of_offices(as_log(OFFICE, simulate(OFFICE, days, seed)))
    assert outside == 0
    return offices["office"]


def made(days: list[date], level: float = 10.0, first: int = 16) -> Arrivals:
    """The same four half hours every day."""
    counts = np.zeros((len(days), 1, SLOTS))
    counts[:, :, first : first + 4] = level
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    return Arrivals(("CT",), ordinals, counts)


def workdays(first: date, number: int) -> list[date]:
    every = (first + timedelta(days=n) for n in range(number * 3))
    return [d for d in every if d.weekday() < 5 and not VIETNAM.holiday(d)][:number]


# -- the calendar -----------------------------------------------------------------------------


def test_tet_and_the_days_after_it_are_known() -> None:
    """Tết 2026: 16 to 20 February, Monday to Friday; work begins again on Monday the 23rd."""
    nth = {day: VIETNAM.facts(date(2026, 2, day).toordinal()) for day in range(13, 28)}
    assert all(nth[day].holiday for day in range(16, 21))
    assert [nth[day].after_tet for day in (13, 16, 21, 22, 23, 24, 27)] == [0, 0, 0, 0, 1, 2, 5]
    assert nth[23].after_break
    assert not nth[24].after_break
    assert VIETNAM.facts(date(2026, 3, 6).toordinal()).after_tet == 10
    assert VIETNAM.facts(date(2026, 3, 9).toordinal()).after_tet == 0
    assert VIETNAM.facts(date(2026, 9, 2).toordinal()).holiday


def test_other_countries_have_their_own_days_and_no_tet() -> None:
    poland = Calendar("pl")
    assert poland.holiday(date(2020, 1, 6))
    assert poland.facts(date(2020, 1, 7).toordinal()).after_break
    assert poland.facts(date(2026, 2, 23).toordinal()).after_tet == 0
    with pytest.raises(UnknownCountry, match="XX"):
        Calendar("XX")


def test_the_rush_after_tet_is_assumed_until_the_office_knows_it() -> None:
    assert rush_size([]) == 1.0
    assert rush_size([(1, 1.0)] * 9) == pytest.approx(0.1)
    assert rush_size([(1, 3.0)] * 9) == pytest.approx(1.9)
    known = made(workdays(date(2026, 1, 5), 30))
    expected = forecast_day(known, date(2026, 2, 23).toordinal(), VIETNAM)
    assert expected.mean.sum() == pytest.approx(2 * 40, rel=0.01)
    later = forecast_day(known, date(2026, 2, 27).toordinal(), VIETNAM)
    assert 40 < later.mean.sum() < 60


def test_the_office_learns_its_own_rush_and_ordinary_days_are_not_bent_by_it() -> None:
    year = made(workdays(date(2025, 1, 2), 60))
    facts = [VIETNAM.facts(int(day)) for day in year.days]
    for place, one in enumerate(facts):
        if one.after_tet:
            year.counts[place] *= 1 + 3 * 2 ** (-(one.after_tet - 1) / 2)
    both = Arrivals(
        year.services,
        np.concatenate([year.days, made(workdays(date(2026, 1, 5), 25)).days]),
        np.concatenate([year.counts, made(workdays(date(2026, 1, 5), 25)).counts]),
    )
    first = forecast_day(both, date(2026, 2, 23).toordinal(), VIETNAM)
    assert first.mean.sum() > 3 * 40
    usual = forecast_day(both, date(2026, 3, 24).toordinal(), VIETNAM)
    assert usual.mean.sum() == pytest.approx(40, rel=0.1)


def test_a_holiday_is_closed_unless_the_office_works_on_holidays() -> None:
    known = made(workdays(date(2026, 3, 2), 30))
    closed = forecast_day(known, date(2026, 4, 30).toordinal(), VIETNAM)
    assert closed.mean.sum() == 0
    assert HOLIDAY in closed.notes
    assert closed.holiday
    days = [*workdays(date(2026, 3, 2), 30), date(2026, 4, 27)]
    assert forecast_day(made(days), date(2026, 4, 30).toordinal(), VIETNAM).mean.sum() > 20


# -- the models -------------------------------------------------------------------------------


def test_nothing_and_little_history_are_said() -> None:
    known = history(12)
    nothing = forecast_day(known, int(known.days[0]), VIETNAM)
    assert nothing.notes[0] == NO_HISTORY
    assert nothing.mean.sum() == 0
    assert nothing.scores == {}
    little = forecast_day(known, int(known.days[3]), VIETNAM)
    assert little.notes == (FEW_DAYS,)
    assert (little.history_days, little.model) == (3, SEASONAL)
    assert little.mean.sum() > 0
    assert FEW_DAYS not in forecast_day(known, int(known.days[-1]) + 3, VIETNAM).notes


def test_mondays_are_known_after_some_weeks() -> None:
    known = history(60)
    monday, friday = date(2026, 6, 1).toordinal(), date(2026, 6, 5).toordinal()
    assert OFFICE.monday == 1.35
    ratio = (
        forecast_day(known, monday, VIETNAM).mean.sum()
        / forecast_day(known, friday, VIETNAM).mean.sum()
    )
    assert 1.15 < ratio < 1.55


def test_the_smaller_error_wins_and_the_baseline_on_few_days() -> None:
    came = np.full((1, SLOTS), 5.0)
    said = {SEASONAL: came + 2, LEARNED: came + 1}
    tried = [Tried(day, said, came) for day in range(6)]
    assert better(tried) == LEARNED
    assert better(tried[:4]) == SEASONAL
    worse = {SEASONAL: came + 1, LEARNED: came + 2}
    assert better([Tried(day, worse, came) for day in range(6)]) == SEASONAL


def test_the_future_is_never_read() -> None:
    known = history(20)
    day = int(known.days[14])
    changed = Arrivals(known.services, known.days, known.counts.copy())
    changed.counts[14:] *= 7
    np.testing.assert_array_equal(
        forecast_day(known, day, VIETNAM).mean, forecast_day(changed, day, VIETNAM).mean
    )


def test_a_level_that_rises_is_followed_by_the_learned_model() -> None:
    known = made(workdays(date(2026, 3, 2), 40))
    known.counts[-6:] *= 1.6
    expected = forecast_day(known, int(known.days[-1]) + 1, VIETNAM)
    assert expected.model == LEARNED
    assert expected.scores[LEARNED].share < expected.scores[SEASONAL].share


# -- intervals --------------------------------------------------------------------------------


def test_intervals_hold_what_they_promise_on_simulated_days() -> None:
    offices = {"office": history(60, seed=3)}
    figures = report(measure(offices, date(2026, 3, 2).toordinal(), VIETNAM))
    assert 0.75 < float(str(figures["coverage_80"])) < 0.95
    assert figures["office_days"] == 20
    chosen = figures["models"]["chosen"]  # type: ignore[index]  # JSON
    assert chosen["share"] < 1.35 * float(str(figures["chance_alone"]))


@given(st.floats(0.05, 60), st.floats(0.0001, 0.5))
def test_more_spread_is_a_wider_interval_around_the_mean(mean: float, phi: float) -> None:
    at = np.array([[mean]])
    low, high = Spread(phi=phi).interval(at)
    wide_low, wide_high = Spread(phi=2 * phi).interval(at)
    assert wide_low <= low <= mean + 1
    assert high >= mean - 2
    assert wide_high >= high - 1


@given(st.floats(0, 500), st.floats(1, 500))
def test_the_rest_of_the_day_follows_the_morning_but_not_blindly(
    came: float, so_far: float
) -> None:
    factor = Spread(day_cv=0.2).busier(came, so_far)
    assert min(1.0, came / so_far) <= factor <= max(1.0, came / so_far)


def test_spread_is_learned_from_misses() -> None:
    expected = np.full((1, SLOTS), 10.0)
    rng = np.random.default_rng(1)
    chance = [(expected, rng.poisson(expected).astype(float)) for _ in range(40)]
    wild = [(expected, rng.poisson(expected * rng.gamma(2, 0.5)).astype(float)) for _ in range(40)]
    assert learn_spread(chance).phi < 0.03
    assert learn_spread(wild).day_cv > 0.4


# -- the command ------------------------------------------------------------------------------


def write_log(folder: Path) -> Path:
    """Three weeks with some rows nobody can use."""
    path = folder / "log.csv"
    lines = ["office,service,date,ticket,arrived_at,called_at"]
    for number, day in enumerate(workdays(date(2026, 3, 2), 15)):
        lines += [
            f"w,CT,{day},{ticket},{430 + 5 * ticket},{440 + 5 * ticket}"
            for ticket in range(40 + number % 3)
        ]
    lines += ["w,CT,soon,1,430,440", "w,,2026-03-02,99,430,440", "w,CT,2026-03-02,98,-20,10"]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_command_measures_a_log_and_counts_bad_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "figures.json"
    asked = ["demand", "evaluate", "--tickets", str(write_log(tmp_path))]
    assert run(partial(motcua, [*asked, "--test-from", "2026-03-12", "--json", str(out)])) == 0
    printed = capsys.readouterr().out
    assert "missed of all who came" in printed
    figures = json.loads(out.read_text())
    assert set(figures["models"]) >= {"seasonal", "learned", "chosen", "mean of all days"}
    assert figures["office_days"] == 7
    dropped = figures["faults"]["tickets"]["dropped"]
    assert dropped["a time or date that cannot be read"] == 1
    assert dropped["no service"] == 1
    assert figures["faults"]["tickets"]["noted"]["arrived on no minute of its day"] == 1


def test_the_command_forecasts_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "day.json"
    asked = ["demand", "forecast", "--tickets", str(write_log(tmp_path)), "--date", "2026-03-23"]
    assert run(partial(motcua, [*asked, "--json", str(out)])) == 0
    assert "whole day:" in capsys.readouterr().out
    day = json.loads(out.read_text())
    assert day["total"]["low"] <= day["total"]["mean"] <= day["total"]["high"]
    assert day["total"]["mean"] == pytest.approx(41, rel=0.1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "either --tickets F or --data DIR"),
        (["--tickets", "{log}", "--country", "XX"], "no calendar"),
        (["--tickets", "{log}", "--test-from", "2031-01-01"], "no day from"),
        (["--tickets", "{empty}"], "no column"),
        (["--data", "{folder}"], "no office here"),
    ],
)
def test_a_question_that_makes_no_sense_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    names = {"log": str(write_log(tmp_path)), "empty": str(empty), "folder": str(tmp_path)}
    given_ = [one.format(**names) for one in arguments]
    if "--test-from" not in given_:
        given_ += ["--test-from", "2026-03-12"]
    assert run(partial(motcua, ["demand", "evaluate", *given_])) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
