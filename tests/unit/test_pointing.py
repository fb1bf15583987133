"""Arrows reach everything on a screen, whatever lies where; keys too fast for a hand do nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.navpad import default_navpad, read_navpad
from kiosk.domain.navpad import KeyPace, NavKey
from kiosk.domain.pointing import Arrow, Box, reading_order, step

sides = st.integers(0, 400)  # nothing has a height before its screen is laid out
boxes = st.lists(
    st.builds(Box, st.integers(0, 1000), st.integers(0, 1900), sides, sides), min_size=1
)


@given(boxes)
def test_right_alone_comes_by_everything_and_left_goes_back(around: list[Box]) -> None:
    ordered = [around[place] for place in reading_order(around)]
    place, seen = 0, []
    for _ in ordered:
        seen.append(place)
        onward = step(ordered, place, Arrow.RIGHT)
        assert step(ordered, onward, Arrow.LEFT) == place
        place = onward
    assert sorted(seen) == list(range(len(ordered)))


@given(boxes, st.sampled_from(Arrow), st.data())
def test_every_arrow_leads_to_something_that_is_there(
    around: list[Box], arrow: Arrow, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(around) - 1))
    assert 0 <= step(around, place, arrow) < len(around)


def test_down_goes_to_what_lies_below_and_rows_are_read_from_the_left() -> None:
    grid = [Box(x, y, 90, 90) for y in (200, 100, 0) for x in (0, 100)]
    assert reading_order(grid[::-1]) == [5, 4, 3, 2, 1, 0]
    assert step(grid, 1, Arrow.DOWN) == 3
    assert step(grid, 4, Arrow.UP) == 2


def test_a_held_key_and_a_typing_scanner_press_once() -> None:
    pace = KeyPace()
    assert [pace.by_hand(at / 100) for at in (0, 3, 6, 9, 40)] == [True, False, False, False, True]


def test_the_shipped_keypad_can_do_everything() -> None:
    assert set(read_navpad(default_navpad()).values()) == set(NavKey)
