"""Windows kept by the office: refused when too fine, put together, shown beside ratings."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts import satisfaction_views as v
from queue_server.contracts.smile_windows import read_window, window_name
from queue_server.contracts.views import Words
from queue_server.domain.faults import NotEligible
from queue_server.domain.office import ZONE
from queue_server.domain.smile_commands import KeepCalibration, KeepSmiles
from queue_server.domain.smile_events import CameraCalibrated, SmilesCounted
from queue_server.use_cases.satisfaction_trend import VisitFact, by_day, by_hour, low_ratings
from queue_server.use_cases.smile_index import SmileIndex, together
from tests.fakes.office_days import EIGHT, DayPlay, counter, office

WINDOW = KeepSmiles(window_from=EIGHT, minutes=15, n=12, share=0.5, low=0.3, high=0.7)


def play() -> DayPlay:
    return DayPlay(office(counter(1, "a"))).later(minutes=20)


def test_a_window_is_kept_and_changes_nothing_else() -> None:
    day = play()
    before = (dict(day.day.tickets), dict(day.day.counters))
    day.do(WINDOW)
    assert (dict(day.day.tickets), dict(day.day.counters)) == before
    (event,) = [one for one in day.events if isinstance(one, SmilesCounted)]
    assert (event.n, event.share, event.window_from) == (12, 0.5, EIGHT)


@pytest.mark.parametrize(
    "change",
    [
        {"n": 9},
        {"minutes": 10},
        {"window_from": EIGHT + timedelta(minutes=15)},
        {"low": 0.6},
        {"high": 0.4},
        {"share": 1.5, "high": 1.6},
    ],
)
def test_anything_finer_or_senseless_is_refused(change: dict) -> None:
    with pytest.raises(NotEligible):
        play().do(replace(WINDOW, **change))


@pytest.mark.parametrize("change", [{"n": 9}, {"n_bad": 201}, {"low": 0.9}, {"high": 0.1}])
def test_a_senseless_calibration_is_refused(change: dict) -> None:
    said = KeepCalibration(n=200, n_bad=40, auc=0.7, low=0.6, high=0.8, used=False)
    play().do(said)
    with pytest.raises(NotEligible):
        play().do(replace(said, **change))


def test_no_name_of_a_person_a_clerk_or_a_place_has_room() -> None:
    """The guard: events and views of the smile index have these fields and no others."""
    share = {"n", "share", "low", "high"}
    assert {f.name for f in fields(SmilesCounted)} == share | {
        "at",
        "window_from",
        "minutes",
        "calibrated",
    }
    assert {f.name for f in fields(CameraCalibrated)} == {
        "at",
        "n",
        "n_bad",
        "auc",
        "low",
        "high",
        "used",
    }
    assert set(v.SmileWindowView.model_fields) == share | {"starts_at", "minutes", "calibrated"}
    assert set(v.SmileIndexView.model_fields) == {"words", "today", "latest", "calibration"}
    assert {group.kind for group in low_ratings(visits(60)).groups} <= {"wait", "service", "hour"}


@pytest.mark.parametrize(
    "name",
    [
        "20261127T0107Z-15",
        "20261127T0100Z-10",
        "20261127T0100Z-00",
        "20261127T010000Z-15",
        "20261327T0100Z-15",
        "20261127T0100Z-999",
        "camera-1",
        "",
    ],
)
def test_a_window_finer_than_a_quarter_of_an_hour_has_no_name(name: str) -> None:
    assert read_window(name) is None


@given(st.integers(0, 200_000), st.integers(1, 48))
def test_names_of_windows_are_read_back(quarters: int, length: int) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    name = window_name(start.astimezone(ZONE), 15 * length)
    assert read_window(name) == (start, 15 * length)


def counted(minute: int, n: int, share: float, **more: bool) -> SmilesCounted:
    at = EIGHT + timedelta(minutes=minute)
    return SmilesCounted(
        at=at + timedelta(minutes=15),
        window_from=at,
        minutes=15,
        n=n,
        share=share,
        low=max(share - 0.2, 0),
        high=min(share + 0.2, 1),
        **more,
    )


def test_windows_together_are_weighted_and_surer() -> None:
    found = together([counted(0, 10, 0.2), counted(15, 30, 0.6)])
    assert found is not None
    assert (found.n, found.share) == (40, pytest.approx(0.5))
    assert 0.3 < found.low < 0.5 < found.high < 0.7
    assert together([]) is None


@given(st.lists(st.integers(10, 60), min_size=1, max_size=8))
def test_no_difference_of_shown_numbers_is_about_fewer_than_ten(people: list[int]) -> None:
    """Every n that is ever shown, of windows and of running sums, differs by 0 or 10 and more."""
    index, shown = SmileIndex(), {0}
    for place, n in enumerate(people):
        index.start([counted(15 * place, n, 0.5)])
        view = index.view(EIGHT + timedelta(hours=2))
        assert view.today is not None
        assert view.latest is not None
        shown |= {view.today.n, view.latest.n}
    sums = sorted({sum(people[:end]) for end in range(len(people) + 1)})
    assert all(later - earlier >= 10 for earlier, later in pairwise(sums))
    assert shown <= set(sums) | set(people)


def test_the_index_says_what_it_is_and_forgets_yesterday() -> None:
    index = SmileIndex()
    assert index.view(EIGHT).today is None
    index.start([counted(-24 * 60, 20, 0.9), counted(0, 10, 0.2)])
    view = index.view(EIGHT + timedelta(hours=1))
    assert view.today is not None
    assert view.today.n == 10
    assert view.today.high == pytest.approx(0.4)
    assert "chưa hiệu chỉnh tại chỗ" in view.words.vi
    assert "not calibrated on site" in view.words.en
    index.start([counted(15, 10, 0.8, calibrated=True)])
    view = index.view(EIGHT + timedelta(hours=1))
    assert view.today is not None
    assert view.today.n == 10, "shares of two meanings are not mixed"
    assert "calibrated on ratings" in view.words.en


def visits(count: int) -> list[VisitFact]:
    """Long waits are rated badly, every third visit is rated."""
    names = {"a": Words(vi="Chứng thực", en="Certification"), "b": Words(vi="Hộ tịch", en="Civil")}
    found = []
    for at in range(count):
        wait = 5.0 if at % 2 else 40.0
        score = (5 if at % 2 else 1) if at % 3 == 0 else None
        service = "ab"[at % 2]
        called = EIGHT + timedelta(minutes=3 * at)
        found.append(VisitFact(service, names[service], called, wait, score))
    return found


def test_hours_and_days_stand_beside_each_other() -> None:
    points = by_hour(visits(40), [counted(0, 12, 0.5), counted(60, 15, 0.7)])
    assert [point.at for point in points] == ["08:00", "09:00"]
    assert [point.called for point in points] == [20, 20]
    first = points[0]
    assert first.mean_wait_min == pytest.approx(22.5)
    assert (first.rated, first.good_share) == (7, pytest.approx(3 / 7))
    assert first.smile is not None
    assert first.smile.n == 12
    (day,) = by_day(visits(40), [])
    assert (day.called, day.smile) == (40, None)


def test_what_goes_with_low_ratings_is_told_with_n() -> None:
    said = low_ratings(visits(120))
    assert (said.rated, said.low) == (40, 20)
    first = said.groups[0]
    assert (first.kind, first.n, first.low, first.stands_out) == ("service", 20, 20, True) or (
        first.kind == "wait" and first.stands_out
    )
    waits = {group.key: group for group in said.groups if group.kind == "wait"}
    assert waits["30"].stands_out
    assert not waits["00"].stands_out
    assert (waits["30"].n, waits["30"].low_share) == (20, 1.0)
    assert all(group.n >= 10 for group in said.groups)
    assert low_ratings([]).groups == []
