"""`[appointments]` of `motcua.toml`: what an office promises ahead, turned into the domain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from queue_server.config.section import Minutes, Section
from queue_server.domain.appointment import AppointmentRules

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class AppointmentsSection(Section):
    """When times can be booked; how many, each service says with `appointments`."""

    days_ahead: Annotated[int, Field(ge=1, le=60)] = 14
    slot_min: Annotated[int, Field(ge=5, le=240)] = 30
    book_before_min: Minutes = Field(30, description="Nearer than this nobody books any more")
    check_in_early_min: Minutes = Field(
        60, description="How long before the time its number is given; late is in [rules]"
    )
    weekdays: tuple[Weekday, ...] = WEEK[:5]
    closed_days: tuple[date, ...] = Field((), description="Public holidays and other days off")
    home_visits: Annotated[int, Field(ge=0, le=50)] = Field(
        0, description="Homes that staff reach in a half day; 0 offers none"
    )

    def to_rules(self, capacity: dict[str, int]) -> AppointmentRules:
        """The rules as the domain knows them."""
        return AppointmentRules(
            capacity=capacity,
            slot=timedelta(minutes=self.slot_min),
            days_ahead=self.days_ahead,
            book_before=timedelta(minutes=self.book_before_min),
            check_in_early=timedelta(minutes=self.check_in_early_min),
            weekdays=tuple(sorted({WEEK.index(day) for day in self.weekdays})),
            closed=tuple(sorted(set(self.closed_days))),
            home_visits=self.home_visits,
        )
