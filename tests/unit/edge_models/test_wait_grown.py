"""Own trees on top of given ones: exported truly, switched to only when clearly better."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from edge_models.runtime.card import UntrustedModel
from edge_models.ticket_log.columns import Floats
from edge_models.wait.baselines import Lesson
from edge_models.wait.features import FEATURES, PLACE
from edge_models.wait.grown import export_grown, grow
from edge_models.wait.model import WaitModel
from edge_models.wait.replay import Matrix
from edge_models.wait.retrain import Past, contest
from edge_models.wait.training import TooFewTickets

SHIPPED = WaitModel()


def past(minutes_a_place: float, days: int = 8, seed: int = 5) -> Past:
    """One line whose places cost so much; the shipped model guesses from too few features."""
    rng = np.random.default_rng(seed)
    number = 150 * days
    rows: Matrix = np.full((number, len(FEATURES)), np.nan)
    turns: Floats = rng.integers(1, 15, number).astype(np.float64)
    rows[:, PLACE["turns"]], rows[:, PLACE["ahead"]] = turns, turns - 1
    rows[:, PLACE["minute"]] = rng.uniform(420, 1000, number)
    wait = np.maximum(minutes_a_place * turns + rng.normal(0, 2, number), 0)
    return Past(rows, wait, np.repeat(np.arange(days), 150), np.zeros(number, dtype=np.int64))


def test_the_exported_file_says_what_was_trained(tmp_path: Path) -> None:
    known = past(7)
    grown = grow(SHIPPED, Lesson(known.rows, known.wait, known.day))
    assert export_grown(grown, known.rows, tmp_path, {"tickets": 1}) < 0.05
    loaded = WaitModel(tmp_path).predict(known.rows)
    np.testing.assert_allclose(loaded.p50, grown.predict(known.rows).p50, atol=0.05)
    miss, before = (
        np.abs(said.p50 - known.wait).mean() for said in (loaded, SHIPPED.predict(known.rows))
    )
    assert miss < 0.7 * before
    (tmp_path / "wait_p50.onnx").write_bytes(b"no model")
    with pytest.raises(UntrustedModel):
        WaitModel(tmp_path)


def test_an_office_with_habits_of_its_own_is_learned_and_the_later_days_were_not_seen() -> None:
    known = past(7)
    found = contest(known, SHIPPED, SHIPPED)
    assert found.better
    assert found.held_out.tolist() == [5, 6, 7]
    assert found.trained_until == 4
    assert found.new.correction.points
    changed = Past(known.rows, np.where(known.day > 4, 1.0, known.wait), known.day, known.service)
    again = contest(changed, SHIPPED, SHIPPED)
    np.testing.assert_array_equal(
        again.own.predict(known.rows).p50, found.own.predict(known.rows).p50
    )


def test_a_model_that_is_no_better_does_not_answer() -> None:
    """Against itself, and where the last days have nothing in common with those before."""
    known = past(7)
    own = contest(known, SHIPPED, SHIPPED).own
    assert not contest(known, SHIPPED, own).better
    other = past(1, seed=6)
    late = known.day > 4
    wait = np.where(late, SHIPPED.predict(known.rows).p50, other.wait)
    assert not contest(Past(known.rows, wait, known.day, known.service), SHIPPED, SHIPPED).better


def test_too_few_tickets_decide_nothing() -> None:
    with pytest.raises(TooFewTickets, match="at least 500"):
        contest(past(7, days=6), SHIPPED, SHIPPED)
