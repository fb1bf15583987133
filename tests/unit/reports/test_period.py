"""Periods: which days they have, what they are called, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.use_cases.reports.period import (
    Kind,
    PeriodRefused,
    period_between,
    period_on,
)

FRIDAY = date(2026, 11, 27)
FIXED = [kind for kind in Kind if kind is not Kind.RANGE]


@pytest.mark.parametrize(
    ("kind", "first", "last", "vi"),
    [
        (Kind.DAY, date(2026, 11, 27), date(2026, 11, 27), "Ngày 27/11/2026"),
        (Kind.WEEK, date(2026, 11, 23), date(2026, 11, 29), "Tuần 23/11/2026 – 29/11/2026"),
        (Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30), "Tháng 11/2026"),
        (Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "Quý IV/2026"),
        (Kind.HALF, date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31), "Năm 2026"),
    ],
)
def test_a_period_has_whole_days_and_a_name(kind: Kind, first: date, last: date, vi: str) -> None:
    period = period_on(kind, FRIDAY)
    assert (period.first, period.last, period.name()[0]) == (first, last, vi)


@given(st.sampled_from(FIXED), st.dates(date(2001, 1, 8), date(2198, 12, 31)))
def test_periods_follow_each_other_without_a_gap(kind: Kind, on: date) -> None:
    period = period_on(kind, on)
    assert period.first <= on <= period.last
    assert period.before().last == period.first - timedelta(days=1)
    assert period_on(kind, period.first) == period_on(kind, period.last) == period


def test_a_range_is_compared_with_as_many_days_before() -> None:
    period = period_between(date(2026, 11, 10), date(2026, 11, 19))
    assert (period.before().first, period.before().last) == (
        date(2026, 10, 31),
        date(2026, 11, 9),
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 2, 2), date(2026, 2, 1), "ends (2026-02-01) before it begins (2026-02-02)"),
        (date(2001, 1, 1), date(2026, 1, 1), "days; at most"),
        (date(1900, 1, 1), date(2026, 1, 1), "1900-01-01 is not between"),
        (date(2026, 1, 1), date(9999, 12, 31), "9999-12-31 is not between"),
    ],
)
def test_an_impossible_range_is_refused_in_words(first: date, last: date, words: str) -> None:
    with pytest.raises(PeriodRefused) as refused:
        period_between(first, last)
    assert words in str(refused.value)


def test_the_first_period_of_all_has_one_before_it() -> None:
    assert period_on(Kind.YEAR, date(2000, 1, 1)).before().first == date(1999, 1, 1)


def test_a_range_needs_both_ends() -> None:
    with pytest.raises(PeriodRefused, match="from=…&to=…"):
        period_on(Kind.RANGE, FRIDAY)
