"""A period that a report is about: a day, week, month, quarter, half year, year or any range."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_DAYS = 5 * 366
EARLIEST = date(2000, 1, 1)
LATEST = date(2199, 12, 31)


class Kind(StrEnum):
    """How long the period of a report is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}


class PeriodRefused(Exception):  # noqa: N818 - a refusal
    """No report can be made of this period; the words say why and what to change."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the office's calendar, both ends included."""

    kind: Kind
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many calendar days."""
        return (self.last - self.first).days + 1

    def name(self) -> tuple[str, str]:
        """Its name in Vietnamese and English."""
        first, last = self.first, self.last
        quarter = (first.month + 2) // 3
        both = {
            Kind.DAY: (f"Ngày {_dmy(first)}", f"{_dmy(first)}"),
            Kind.WEEK: (f"Tuần {_dmy(first)} – {_dmy(last)}", f"Week {_dmy(first)} – {_dmy(last)}"),
            Kind.MONTH: (f"Tháng {first.month}/{first.year}", f"{first:%B} {first.year}"),
            Kind.QUARTER: (
                f"Quý {ROMAN[quarter]}/{first.year}",
                f"Quarter {quarter}, {first.year}",
            ),
            Kind.HALF: (
                f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}",
                f"{'First' if first.month == 1 else 'Second'} half of {first.year}",
            ),
            Kind.YEAR: (f"Năm {first.year}", f"Year {first.year}"),
            Kind.RANGE: (f"{_dmy(first)} – {_dmy(last)}", f"{_dmy(first)} – {_dmy(last)}"),
        }
        return both[self.kind]

    def before(self) -> Period:
        """The period of the same kind just before, for comparing."""
        if self.kind in {Kind.DAY, Kind.WEEK, Kind.RANGE}:
            length = timedelta(days=self.days)
            return Period(self.kind, self.first - length, self.last - length)
        return _around(self.kind, self.first - timedelta(days=1))


ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def _dmy(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def period_on(kind: Kind, on: date) -> Period:
    """The period of this kind that contains the day `on`; weeks begin on Monday.

    Raises:
        PeriodRefused: the day is out of all reason, or the kind is a free range.
    """
    _within_reason(on)
    if kind is Kind.RANGE:
        raise PeriodRefused(
            "khoảng ngày cần ngày đầu và ngày cuối / "
            "a range needs its first and its last day: from=…&to=…"
        )
    return _around(kind, on)


def _around(kind: Kind, on: date) -> Period:
    if kind is Kind.DAY:
        return Period(kind, on, on)
    if kind is Kind.WEEK:
        monday = on - timedelta(days=on.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    length = MONTHS[kind]
    month = on.month - (on.month - 1) % length
    last = month + length - 1
    end = date(on.year, last, monthrange(on.year, last)[1])
    return Period(kind, date(on.year, month, 1), end)


def period_between(first: date, last: date) -> Period:
    """Any range of days.

    Raises:
        PeriodRefused: it ends before it begins, is too long, or out of all reason.
    """
    _within_reason(first)
    _within_reason(last)
    if last < first:
        raise PeriodRefused(
            f"ngày cuối ({_dmy(last)}) trước ngày đầu ({_dmy(first)}) / "
            f"the range ends ({last}) before it begins ({first})"
        )
    period = Period(Kind.RANGE, first, last)
    if period.days > LONGEST_DAYS:
        raise PeriodRefused(
            f"khoảng có {period.days} ngày; nhiều nhất {LONGEST_DAYS} / "
            f"the range has {period.days} days; at most {LONGEST_DAYS}"
        )
    return period


def _within_reason(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise PeriodRefused(
            f"{_dmy(day)} không nằm trong {_dmy(EARLIEST)} đến {_dmy(LATEST)} / "
            f"{day} is not between {EARLIEST} and {LATEST}"
        )
