"""Folds the days of all offices into months, once each; a day that changed late is folded again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from queue_server.domain.office import Office
from queue_server.hub.use_cases.month_ledger import (
    MonthSoFar,
    News,
    grown,
    in_order,
    next_month,
    nothing,
)
from queue_server.use_cases.reports.period import Kind, Period, period_on

DAY = timedelta(days=1)
AT_ONCE = 400
"""Offices of a province in memory."""
ROUNDS = 3
"""Events may come late while days are folded; more often than this it is the next time's work."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which days of which offices are asked for: after each one's own day, until `upto`."""

    period: Period
    province: str
    after: Mapping[str, date]
    upto: date
    begins: bool = False
    """Whether no month before it has an event."""


@dataclass(frozen=True, slots=True)
class Found:
    """An office's month so far, how often days until `upto` changed late, and what came.

    `base` is the office's own month where its days are asked for from the middle, else the one
    before. None where that one is not known or changed meanwhile.
    """

    office: str
    base: MonthSoFar | None
    news: News
    late: int


class MonthBook(Protocol):
    """Months of offices beside the events that they are made from. May raise `CityStoreAway`."""

    async def months(self, today: date) -> Sequence[date]:
        """The first day of each month from the first with an event to the one of today."""
        ...

    async def behind(self, period: Period, upto: date) -> Mapping[str, Mapping[str, date]]:
        """By province and office: after which day something is missing or changed late."""
        ...

    async def announce(self, offices: Collection[str], upto: date) -> None:
        """From now on an event of these days counts as late."""
        ...

    def news(self, span: Span) -> AsyncIterator[Found]:
        """What these offices' months are made from, all as it was at one moment."""
        ...

    async def keep(self, period: Period, months: Sequence[tuple[MonthSoFar, int]]) -> None:
        """Keep months with how often their days had changed late."""
        ...

    def so_far(self, period: Period) -> AsyncIterator[MonthSoFar]:
        """What is kept of a month, office by office: a nation does not fit in memory."""
        ...

    def office(self, told: Mapping[str, Any] | None) -> Office:
        """Hours and days off as an office told them."""
        ...


async def fold(
    book: MonthBook, today: date, told: Callable[[date, int], None] = lambda _first, _n: None
) -> int:
    """Bring the months of all offices up to yesterday; how many office-months had to be touched.

    Raises:
        CityStoreAway: what is kept holds, and the next call goes on there.
    """
    touched = 0
    months = await book.months(today)
    for first in months:
        period = period_on(Kind.MONTH, first)
        upto = min(period.last, today - DAY)
        for _ in range(ROUNDS):
            behind = await book.behind(period, upto) if upto >= first else {}
            if not behind:
                break
            for province, after in behind.items():
                done = await _fold(book, Span(period, province, after, upto, first == months[0]))
                touched += done
                told(first, done)
    return touched


async def _fold(book: MonthBook, span: Span) -> int:
    await book.announce(span.after.keys(), span.upto)
    touched = 0
    async for some in pieces(book, span):
        await book.keep(span.period, some)
        touched += len(some)
    return touched


async def pieces(book: MonthBook, span: Span) -> AsyncIterator[Sequence[tuple[MonthSoFar, int]]]:
    """The months of these offices with the days of the span, some offices at a time."""
    names = list(span.after)
    for start in range(0, len(names), AT_ONCE):
        part = {office: span.after[office] for office in names[start : start + AT_ONCE]}
        done, mixed = await _read(book, replace(span, after=part))
        if mixed:
            whole = dict.fromkeys(mixed, span.period.first - DAY)
            done += (await _read(book, replace(span, after=whole)))[0]
        yield done


async def _read(book: MonthBook, span: Span) -> tuple[list[tuple[MonthSoFar, int]], list[str]]:
    """Months, and the offices whose events came in another order than their days."""
    done, mixed = list[tuple[MonthSoFar, int]](), list[str]()
    async for one in book.news(span):
        anew = span.after[one.office] < span.period.first
        if one.base is not None:
            base = next_month(one.base) if anew else one.base
        elif anew and span.begins:
            base = nothing(one.office, span.period.first - DAY)
        else:  # What it stands on changed meanwhile: the next round knows.
            continue
        if anew or in_order(base, one.news):
            done.append((grown(base, one.news, span.upto), one.late))
        else:
            mixed.append(one.office)
    return done, mixed
