"""A counter moves only where people together wait less, and the giver stays calm."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_server.hub.domain.moving_counters import CALM_MIN, Trial, moves

minutes = st.floats(0, 200, allow_nan=False)
trials = st.builds(
    Trial,
    office=st.uuids().map(str),
    province=st.sampled_from(["01", "92"]),
    visits_a_day=st.floats(1, 500),
    now=minutes,
    fewer=st.none() | minutes,
    more=minutes,
)


def trial(office: str, now: float, fewer: float | None, more: float, province: str = "92") -> Trial:
    return Trial(office, province, 60, now, fewer, more)


def test_the_calm_one_lends_to_the_one_that_waits() -> None:
    calm, busy = trial("calm", 1, 3, 0), trial("busy", 50, 90, 20)
    (move,) = moves([busy, calm], 15)
    assert (move.giver, move.taker) == (calm, busy)
    assert move.hours_saved == 28


def test_nobody_lends_over_the_border_or_beyond_what_is_calm() -> None:
    busy = trial("busy", 50, 90, 20)
    assert moves([busy, trial("far", 1, 3, 0, "01")], 15) == []
    assert moves([busy, trial("full", 8, CALM_MIN + 1, 5)], 15) == []
    assert moves([busy, trial("one counter", 1, None, 0)], 15) == []


@given(st.lists(trials, max_size=12))
def test_each_office_stands_in_one_move_and_each_move_helps(some: list[Trial]) -> None:
    found = moves(some, 15)
    names = [one.office for move in found for one in (move.giver, move.taker)]
    assert len(names) == len(set(names))
    for move in found:
        assert move.hours_saved > 0
        assert move.taker.now > 15
        assert move.giver.fewer is not None
        assert move.giver.fewer <= CALM_MIN
        assert move.giver.province == move.taker.province
