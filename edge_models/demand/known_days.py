"""What the calendar says about a day: public holidays, and how far Tết lies back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

LANGUAGES = {"VN": "en_US"}
TET = "Lunar New Year"
TET_DAYS = 10
WORKING_WEEK = 5
FIRST_DAYS = 3


class UnknownCountry(ValueError):  # noqa: N818 - the state of the question, said as a state
    """The calendar knows no such country."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One day.

    Attributes:
        weekday: Monday is 0.
        holiday: the name of a public holiday, "" on other days.
        after_break: the working day before was a public holiday.
        after_tet: this is the so-many-th working day after Tết; 0 from the eleventh on.
        month_begins: one of the first three days of a month.
    """

    weekday: int
    holiday: str
    after_break: bool
    after_tet: int
    month_begins: bool


class Calendar:
    """The public holidays of a country, by its two-letter code; Vietnam's by default."""

    def __init__(self, country: str = "VN") -> None:
        """Know a country.

        Raises:
            UnknownCountry: there is no calendar for it.
        """
        self.country = country.upper()
        if self.country not in holidays.list_supported_countries():
            raise UnknownCountry(f"no calendar of the country '{country}'; use a code such as VN")

    def holiday(self, day: date) -> str:
        """The name of the public holiday, "" when it is none."""
        return _holidays(self.country, day.year).get(day, "")

    def facts(self, day: int) -> DayFacts:
        """What is known of the day with this ordinal."""
        when = date.fromordinal(day)
        return DayFacts(
            weekday=when.weekday(),
            holiday=self.holiday(when),
            after_break=bool(self.holiday(self._weekday_before(when))),
            after_tet=self._after_tet(when),
            month_begins=when.day <= FIRST_DAYS,
        )

    @staticmethod
    def _weekday_before(day: date) -> date:
        day -= timedelta(days=1)
        while day.weekday() >= WORKING_WEEK:
            day -= timedelta(days=1)
        return day

    def _after_tet(self, day: date) -> int:
        """Working days since the last day of Tết, this one counted."""
        if self.country != "VN" or self.holiday(day) or day.weekday() >= WORKING_WEEK:
            return 0
        passed = 1
        before = self._weekday_before(day)
        while passed <= TET_DAYS:
            name = self.holiday(before)
            if TET in name:
                return passed
            passed += 0 if name else 1
            before = self._weekday_before(before)
        return 0


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> dict[date, str]:
    found = holidays.country_holidays(country, years=year, language=LANGUAGES.get(country))
    return dict(found.items())
