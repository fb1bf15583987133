"""Offices side by side over a month: facts with their numbers, and none that stands on too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

LEAST = 30
"""Fewer cases than these say more about the cases than about the office."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the events of one office say about a month; sums only, so that months can be added.

    `finished` and `in_time` are dossiers, `disliked` visits with a low score; a complaint noted
    for one of these is not counted again.
    """

    office: str
    days: int
    tickets: int
    called: int
    waited_min: float
    over_15: int
    over_30: int
    no_shows: int
    ratings: int
    good_ratings: int
    filed: int
    filed_reusing: int
    filed_online: int
    supplements: int
    finished: int
    in_time: int
    visits_finished: int
    disliked: int
    complaints: int

    def __add__(self, later: Counted) -> Counted:
        """The sums of two spans of one office."""
        names = [one.name for one in fields(self)][1:]
        return Counted(self.office, *(getattr(self, n) + getattr(later, n) for n in names))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `value` is None where the whole is too small to compare."""

    part: float
    whole: int

    @property
    def value(self) -> float | None:
        """Part over whole."""
        return None if self.whole < LEAST else self.part / self.whole


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """One line of the comparison; the context first, because figures without it mislead.

    `mean_wait_min` is until the first call. `asked_again` is requests for more papers over dossiers
    filed, `reused` the share of dossiers filed with a paper that was known already (766, 4.3),
    `in_time` of those finished (a part of 766, 2.1).
    """

    office: str
    days: int
    tickets_a_day: float
    mean_wait_min: Share
    over_15: Share
    over_30: Share
    no_shows: Share
    good_ratings: Share
    rated: Share
    asked_again: Share
    reused: Share
    in_time: Share


def month_of(counted: Counted) -> OfficeMonth:
    """The line of one office."""
    one = counted
    return OfficeMonth(
        office=one.office,
        days=one.days,
        tickets_a_day=one.tickets / one.days if one.days else 0.0,
        mean_wait_min=Share(one.waited_min, one.called),
        over_15=Share(one.over_15, one.called),
        over_30=Share(one.over_30, one.called),
        no_shows=Share(one.no_shows, one.called),
        good_ratings=Share(one.good_ratings, one.ratings),
        rated=Share(one.ratings, one.called),
        asked_again=Share(one.supplements, one.filed),
        reused=Share(one.filed_reusing, one.filed),
        in_time=Share(one.in_time, one.finished),
    )


def as_rows(months: Sequence[OfficeMonth]) -> list[list[str]]:
    """Head and lines of a table: each share with the number it stands on, empty below `LEAST`."""
    shares = [field.name for field in fields(OfficeMonth)][3:]
    head = ["office", "days", "tickets_a_day"]
    for name in shares:
        head += [name, f"{name}_n"]
    rows = [head]
    for one in months:
        row = [one.office, str(one.days), f"{one.tickets_a_day:.1f}"]
        for name in shares:
            share: Share = getattr(one, name)
            value = share.value
            row += ["" if value is None else f"{value:.4f}", str(share.whole)]
        rows.append(row)
    return rows
