"""Windows of the camera: a quarter of an hour at least, ten people at least, never overlapping."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_models.satisfaction.figures import auc
from edge_models.satisfaction.site_calibration import SmilesByRating
from edge_models.satisfaction.window_share import NOT_CALIBRATED
from kiosk.adapters.rating_table_file import RatingTableFile
from kiosk.domain.smile_windows import ClosedWindow, SmileWindows
from kiosk.use_cases.count_smiles import CountSmiles
from tests.fakes.camera_parts import FakeJudge, FakeLink

EIGHT = datetime(2026, 5, 12, 8, 3, tzinfo=timezone(timedelta(hours=7)))
QUARTER = timedelta(minutes=15)


def test_a_window_waits_for_ten_people() -> None:
    windows = SmileWindows(EIGHT)
    for _ in range(9):
        windows.count(smiled=True)
    assert windows.close(EIGHT + QUARTER) is None
    windows.count(smiled=False)
    assert windows.close(EIGHT + 1.5 * QUARTER) is None, "only at the end of a quarter"
    start = EIGHT.replace(minute=0)
    assert windows.close(EIGHT + 2 * QUARTER) == ClosedWindow(start, 30, 10, 9)
    assert windows.close(EIGHT + 2 * QUARTER) is None


def test_who_began_within_a_quarter_waits_for_a_whole_one() -> None:
    windows = SmileWindows(EIGHT)
    for _ in range(12):
        windows.count(smiled=True)
    assert windows.close(EIGHT.replace(minute=15)) is None, "12 minutes were watched"
    found = windows.close(EIGHT.replace(minute=30))
    assert found is not None
    assert found.minutes == 30


def test_what_is_left_at_night_is_forgotten() -> None:
    windows = SmileWindows(EIGHT)
    for _ in range(9):
        windows.count(smiled=True)
    assert windows.close(EIGHT + timedelta(days=1)) is None
    windows.count(smiled=True)
    assert windows.close(EIGHT + timedelta(days=1) + QUARTER) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=150))
def test_windows_are_disjoint_aligned_and_of_ten_or_more(steps: list[tuple[int, bool]]) -> None:
    now = EIGHT
    windows = SmileWindows(now)
    told: list[ClosedWindow] = []
    counted = 0
    for minutes, smiled in steps:
        now += timedelta(minutes=minutes)
        closed = windows.close(now)
        told += [closed] if closed else []
        windows.count(smiled=smiled)
        counted += 1
    last = EIGHT - QUARTER
    for window in told:
        assert window.people >= 10
        assert 0 <= window.smiles <= window.people
        assert window.minutes % 15 == 0
        assert window.minutes >= 15
        assert window.start.minute % 15 == 0
        assert window.start >= last
        last = window.start + timedelta(minutes=window.minutes)
        assert last <= now
    assert sum(window.people for window in told) <= counted


def counts(tmp_path: Path, link: FakeLink, now: list[datetime]) -> CountSmiles:
    table = RatingTableFile(tmp_path / "table.json")
    return CountSmiles(FakeJudge(), table, table, link, lambda: now[0])


def test_windows_are_told_in_order_once_the_broker_is_back(tmp_path: Path) -> None:
    link, now = FakeLink(), [EIGHT.replace(minute=0)]
    link.up = False
    smiles = counts(tmp_path, link, now)
    for quarter in range(3):
        now[0] = EIGHT.replace(minute=0) + quarter * QUARTER
        for person in range(12):
            smiles.count(0.9 if person % 2 else 0.1)
        smiles.tick()
    now[0] = EIGHT + 3 * QUARTER
    smiles.tick()
    assert link.told == []
    link.up = True
    smiles.tick()
    starts = [share.window.start for share in link.told]
    assert starts == sorted(starts)
    assert len(starts) == 3
    share = link.told[0]
    assert share.share == pytest.approx((0.5 - 0.021) / (0.844 - 0.021))
    assert share.low < share.share < share.high
    smiles.tick()
    assert len(link.told) == 3


def test_the_file_of_the_calibration_changes_by_ten_and_holds_counts_only(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    table = RatingTableFile(path)
    news = [table.add(0.9, 5) for _ in range(9)]
    assert news == [None] * 9
    assert not path.exists()
    table.add(0.1, 1)
    assert json.loads(path.read_text()) == {"good": [0] * 9 + [9], "bad": [0, 1] + [0] * 8}
    again = RatingTableFile(path)
    said = again.agreement()
    assert said is not None
    assert (said.n, said.n_bad, said.auc, said.used) == (10, 1, 1.0, False)


@pytest.mark.parametrize("body", ["", "[]", '{"good": [1], "bad": [2]}', '{"good": "x"}', "\0"])
def test_a_broken_file_begins_anew(tmp_path: Path, body: str) -> None:
    path = tmp_path / "table.json"
    path.write_text(body)
    assert RatingTableFile(path).agreement() is None


PAIRS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5)), min_size=2, max_size=60)


@given(PAIRS)
def test_the_auc_of_the_table_is_the_auc_of_its_bins(pairs: list[tuple[float, int]]) -> None:
    table = SmilesByRating()
    for smile, rating in pairs:
        table.add(smile, rating)
    scores = np.array([min(int(smile * 10), 9) for smile, _ in pairs], dtype=float)
    wanted = auc(scores, np.array([rating >= 4 for _, rating in pairs]))
    found = table.agreement()
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert found.auc == pytest.approx(wanted)


def site(tpr: float, fpr: float, good: int = 300, bad: int = 80) -> SmilesByRating:
    table = SmilesByRating()
    for n, share, rating in ((good, tpr, 5), (bad, fpr, 2)):
        for at in range(n):
            table.add(0.95 if at < share * n else 0.05, rating)
    return table


def test_a_good_mapping_is_used_and_a_bad_one_is_not() -> None:
    good = site(0.8, 0.2).agreement()
    assert good is not None
    assert good.good_enough
    assert good.low < good.auc < good.high
    assert site(0.8, 0.2).point().tpr == pytest.approx(0.8)
    for poor in (site(0.5, 0.5), site(0.8, 0.2, good=40, bad=12), site(0.55, 0.4), site(0.2, 0.8)):
        found = poor.agreement()
        assert found is not None
        assert not found.good_enough
        assert poor.point() == NOT_CALIBRATED


@pytest.mark.parametrize(("smile", "rating"), [(1.1, 5), (-0.1, 5), (0.5, 0), (0.5, 6)])
def test_senseless_pairs_are_refused(smile: float, rating: int) -> None:
    with pytest.raises(ValueError, match="rating"):
        SmilesByRating().add(smile, rating)


def test_a_clock_put_back_forgets_what_was_counted() -> None:
    windows = SmileWindows(EIGHT)
    for _ in range(20):
        windows.count(smiled=True)
    assert windows.close(EIGHT - timedelta(hours=1)) is None
    assert windows.close(EIGHT.astimezone(UTC)) is None
