"""The shipped public holidays are those of the library."""

from __future__ import annotations

from tests.contracts import holiday_list


def test_the_holidays_are_those_of_the_library() -> None:
    assert holiday_list.TARGET.read_text("utf-8") == holiday_list.render(), (
        "run python -m tests.contracts.holiday_list"
    )
