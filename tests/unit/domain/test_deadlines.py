"""Working days, holidays, the 15:00 rule, and what is left of a deadline after a supplement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.appointment import AppointmentRules
from queue_server.domain.deadline import (
    Processing,
    add_working_days,
    counted_from,
    due_again,
    due_at,
    working_days_between,
    works_on,
)
from queue_server.domain.dossier import DossierRules
from queue_server.domain.office import ZONE
from tests.fakes.office_days import OFFICE

# 30 April and 1 May 2026 are a Thursday and a Friday; 12 May is a Tuesday.
HOLIDAYS = (date(2026, 4, 30), date(2026, 5, 1))
OPEN = replace(
    OFFICE,
    dossiers=DossierRules(holidays=HOLIDAYS),
    appointments=AppointmentRules(closed=(date(2026, 5, 14),)),
)
THREE = time(15)


def on(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("filed", "value", "unit", "cutoff", "due"),
    [
        (on(5, 12), 0, "working_day", THREE, on(5, 12, 17)),
        (on(5, 12, 15), 0, "working_day", THREE, on(5, 12, 17)),
        (on(5, 12, 15, 1), 0, "working_day", THREE, on(5, 13, 17)),
        (on(5, 12), 1, "working_day", None, on(5, 13, 17)),
        (on(5, 12), 2, "working_day", None, on(5, 15, 17)),  # the 14th is closed
        (on(5, 13, 15, 30), 0, "working_day", THREE, on(5, 15, 17)),
        (on(5, 8), 3, "working_day", None, on(5, 13, 17)),  # over a weekend
        (on(5, 9), 1, "working_day", None, on(5, 12, 17)),  # filed on a Saturday
        (on(4, 29), 1, "working_day", None, on(5, 4, 17)),  # over a long holiday
        (on(4, 29, 18), 0, "working_day", None, on(5, 4, 17)),  # after closing
        (on(5, 4), 5, "calendar_day", None, on(5, 11, 17)),  # ends on a Saturday
        (on(5, 12), 0, "immediate", None, on(5, 12, 17)),
    ],
)
def test_when_a_result_is_due(
    filed: datetime, value: int, unit: str, cutoff: time | None, due: datetime
) -> None:
    assert due_at(OPEN, filed, Processing(value, unit, cutoff)) == due


def test_without_a_legal_time_nothing_is_promised() -> None:
    assert due_at(OPEN, on(5, 12), None) is None


def test_an_office_that_never_works_is_said() -> None:
    never = replace(OPEN, appointments=AppointmentRules(weekdays=()))
    with pytest.raises(ValueError, match="no working day"):
        counted_from(never, on(5, 12))


def test_what_was_left_runs_after_the_supplement() -> None:
    left = working_days_between(OPEN, date(2026, 5, 12), date(2026, 5, 18))
    assert left == 3
    assert due_again(OPEN, on(5, 20), left) == on(5, 25, 17)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(day=days, count=st.integers(0, 40))
def test_counting_forward_and_between_agree(day: date, count: int) -> None:
    end = add_working_days(OPEN, day, count)
    assert working_days_between(OPEN, day, end) == count
    assert count == 0 or works_on(OPEN, end)
