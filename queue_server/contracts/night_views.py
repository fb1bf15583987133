"""What the nights decided about the model that says how long people wait."""

from __future__ import annotations

from pydantic import Field

from queue_server.contracts.views import ForecastsView, View


class NightView(View):
    """One night: which model answers since, whether it changed, and why.

    `now` and `new` are errors in minutes of both on the `held_out` days; None where none was tried.
    """

    at: str
    answers: str
    switched: bool
    why: str
    trained_until: str | None = None
    tickets: int = 0
    held_out: list[str] = Field(default_factory=list)
    now: dict[str, float] | None = None
    new: dict[str, float] | None = None


class ForecastRecord(ForecastsView):
    """`GET /forecasts` with its nights, the newest first."""

    nights: list[NightView]
