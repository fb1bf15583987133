"""What a trial of calling rules on a past day answers."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from queue_server.contracts.views import View, Words


class WaitsView(View):
    """Waits in minutes, shares from 0 to 1; None where nobody was called."""

    called: int
    mean_min: float | None
    p90_min: float | None
    over_15: float | None
    over_30: float | None
    longest_min: float | None


class RuleFiguresView(View):
    """What one rule gives."""

    all: WaitsView
    priority: WaitsView
    services: dict[str, WaitsView]
    uncalled: int = Field(description="Gave up, or were not called before the counters closed")


class RulesTrial(View):
    """The wanted rules on `day`, beside the present ones in the same model and what really was.

    Before any day is over there is no `day` and there are no figures; `words` say so.
    """

    day: date | None = None
    words: Words
    wanted: RuleFiguresView | None = None
    present: RuleFiguresView | None = None
    was: RuleFiguresView | None = None
    trial: str = Field(description="What a save of exactly these rules must name")
