"""The days that a register or a file is asked for: named in the query, else today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from fastapi import Query, Request

from queue_server.api.parts import parts
from queue_server.api.problems import Refusal
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.written_times import Day
from queue_server.domain.office import working_day

Start = Annotated[Day | None, Query(description="First day; today if none is named")]
End = Annotated[Day | None, Query(description="Last day; the first if none is named")]


class NamedDays(NamedTuple):
    """Both ends belong to it."""

    first: date
    last: date


def at_most(days: int) -> Callable[[Request, date | None, date | None], NamedDays]:
    """The dependency that reads `start` and `end`.

    Returns:
        a function that refuses (`malformed`) when more than this many days lie between them.
    """

    def named(request: Request, start: Start = None, end: End = None) -> NamedDays:
        first = start or working_day(parts(request).clock.now())
        last = max(end or first, first)
        if last - first > timedelta(days=days):
            raise Refusal(ProblemCode.MALFORMED, f"nhiều nhất {days} ngày / at most {days} days")
        return NamedDays(first, last)

    return named
