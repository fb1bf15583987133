"""The wish for a visit at home: what is accepted, and how one goes back and forth in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.home_visit import Ask, HalfDay, VisitWish
from kiosk.domain.priority import Priority

HALF = HalfDay(date(2026, 5, 13), "morning", 2)
TO_NAME = VisitWish().choose_service("CT").choose_when(HALF).choose_who(Priority.DISABLED)
WHOLE = TO_NAME.typed("Trần Thị Thử").typed("0912345678").typed("Số 1 đường Mẫu")


def test_the_questions_come_in_order_and_the_review_last() -> None:
    assert TO_NAME.at is Ask.NAME
    assert WHOLE.at is Ask.REVIEW
    assert (WHOLE.service, WHOLE.day, WHOLE.part) == ("CT", HALF.day, "morning")
    assert WHOLE.edit(Ask.PHONE).typed("02438253536 ").at is Ask.REVIEW


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (Ask.NAME, ""), (Ask.NAME, "1"), (Ask.PHONE, "912345678"), (Ask.PHONE, "0912"),
        (Ask.PHONE, "091234567890"), (Ask.PHONE, "09123a5678"), (Ask.ADDRESS, "Số 1"),
        (Ask.ADDRESS, "x" * 301),
    ],
)  # fmt: skip
def test_a_wrong_answer_stays_and_is_said(ask: Ask, text: str) -> None:
    wish = WHOLE.edit(ask).typed(text)
    assert (wish.at, wish.wrong) == (ask, True)


@given(st.text(max_size=400))
def test_whatever_is_typed_is_never_shown_by_accident(text: str) -> None:
    for ask in (Ask.NAME, Ask.PHONE, Ask.ADDRESS):
        assert repr(WHOLE.edit(ask).typed(text)).startswith("VisitWish(")
        assert len(repr(WHOLE.edit(ask).typed(text))) < 24


def test_every_step_goes_back_to_the_first() -> None:
    wish, steps = WHOLE, 0
    while (before := wish.back()) is not None:
        wish, steps = before, steps + 1
    assert (wish.at, steps) == (Ask.SERVICE, 6)
