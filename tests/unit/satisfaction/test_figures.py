"""The figures of the evaluation and of a window, against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_models.satisfaction.figures import Bootstrap, auc, calibration_error
from edge_models.satisfaction.labels import HAPPY, NEGATIVE, NEUTRAL, SAD, SURPRISE, read_labels
from edge_models.satisfaction.window_share import (
    NOT_CALIBRATED,
    OperatingPoint,
    smile_share,
    wilson,
)

SCORES = st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=30)


@given(SCORES)
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    yes = [score for score, hit in rows if hit]
    no = [score for score, hit in rows if not hit]
    found = auc(np.array([float(s) for s, _ in rows]), np.array([hit for _, hit in rows]))
    if not yes or not no:
        assert found is None
        return
    pairs = [(a > b) + (a == b) / 2 for a in yes for b in no]
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_by_hand() -> None:
    scores = np.array([0.15, 0.15, 0.95, 1.0])
    assert calibration_error(scores, np.array([False, True, True, True])) == pytest.approx(
        (abs(0.3 - 1) + abs(1.95 - 2)) / 4
    )
    assert calibration_error(np.array([]), np.array([], dtype=bool)) is None


def test_the_bootstrap_draws_people_not_pictures() -> None:
    hits = np.array([True] * 50 + [False] * 50)

    def mean(rows: np.ndarray) -> float:
        return float(hits[rows].mean())

    single = Bootstrap(np.arange(100)).figure(mean)
    twins = Bootstrap(np.repeat(np.arange(4), 25)).figure(mean)
    assert single.low is not None
    assert single.high is not None
    assert twins.low is not None
    assert twins.high is not None
    assert single.value == twins.value == 0.5
    assert single.low == pytest.approx(0.40, abs=0.02)
    assert twins.high - twins.low > 2 * (single.high - single.low)
    assert Bootstrap(np.arange(100)).figure(mean) == single  # the same every time


def test_wilson_is_the_textbook_interval() -> None:
    """Wilson 1927, as in Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_prevalence_is_corrected() -> None:
    point = OperatingPoint(tpr=0.8, fpr=0.1)
    true = 0.4
    raw = true * point.tpr + (1 - true) * point.fpr
    assert point.corrected(raw) == pytest.approx(true)
    assert NOT_CALIBRATED.corrected(0.01) == 0
    assert NOT_CALIBRATED.corrected(0.99) == 1


@given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_window_is_shown_from_ten_people_on(counted: tuple[int, int]) -> None:
    smiles, n = counted
    found = smile_share(smiles, n)
    assert (found is None) == (n < 10)
    if found is not None:
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found.n == n


def test_more_smiles_than_people_is_a_fault() -> None:
    with pytest.raises(ValueError, match="smiles"):
        smile_share(11, 10)


def test_label_words_of_many_hands_are_understood() -> None:
    words = ["Happy", " SMILE ", "neutral", "Sadness", "Vui", "không hài lòng", "surprised", "??"]
    assert read_labels(words) == [HAPPY, HAPPY, NEUTRAL, SAD, HAPPY, NEGATIVE, SURPRISE, None]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["0", "1"], [NEUTRAL, HAPPY]),
        (["-1", "0", "1"], [NEGATIVE, NEUTRAL, HAPPY]),
        (["0", "1", "2"], [NEGATIVE, NEUTRAL, HAPPY]),
        (["3", "4", "5", "6"], [HAPPY, SAD, SURPRISE, NEUTRAL]),
        (["3.0", "9"], [HAPPY, None]),
    ],
)
def test_numbers_are_understood_by_the_set_that_occurs(words: list[str], meant: list) -> None:
    assert read_labels(words) == meant
