"""What the day replay answers: which days there are, and what other rules would have given."""

from __future__ import annotations

from queue_server.contracts.rule_views import RuleFiguresView
from queue_server.contracts.views import View, Words


class ReplayDays(View):
    """`GET /replay/days`: every day on which anything happened, oldest first."""

    days: list[str]


class ReplayDay(View):
    """`GET /replay/days/{day}`: minutes of the day for which there is a board, both included.

    `made_up`: a demo has this day to show something; it never was.
    """

    day: str
    first: int
    last: int
    made_up: bool = False


class RuleTried(View):
    """What one rule would have given."""

    words: Words
    figures: RuleFiguresView


class RulesTried(View):
    """`GET /replay/days/{day}/rules`.

    `was` is what really happened; the difference between it and the first of `rules`, the office
    as it was configured, is the error of the model itself. `rules` are all `of` the usual ones, or
    the one that was asked for with `only`, from 0.
    """

    day: str
    was: RuleFiguresView
    rules: list[RuleTried]
    of: int
