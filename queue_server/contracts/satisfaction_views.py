"""What the office may know of the smile index: shares of many people, beside ratings and waits.

No view here has room for a camera, a counter, a clerk or a ticket.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from queue_server.contracts.views import View, Words


class SmileShare(View):
    """A share of people with its 95 % interval, 0..1; never of fewer than ten."""

    n: int
    share: float
    low: float
    high: float


class SmileWindowView(SmileShare):
    """One window of at least a quarter of an hour."""

    starts_at: datetime
    minutes: int
    calibrated: bool


class SmileCalibrationView(View):
    """How well smiles tell good ratings from bad ones, over `n` citizens who agreed and rated."""

    n: int
    n_bad: int
    auc: float
    low: float
    high: float
    used: bool


class SmileIndexView(View):
    """The smile index today; `words` must stand wherever it is shown."""

    words: Words
    today: SmileShare | None
    latest: SmileWindowView | None
    calibration: SmileCalibrationView | None


class TrendPoint(View):
    """One hour or one day: three numbers beside each other, each with what it stands on.

    Times in the office's zone; `mean_wait_min` over `called`, `mean_score` (1 to 5) over `rated`.
    """

    at: str = Field(description="HH:MM or an ISO date")
    called: int
    mean_wait_min: float | None
    rated: int
    mean_score: float | None
    good_share: float | None
    smile: SmileShare | None


class LowRatingGroup(View):
    """Rated visits of one kind: how many of them were low (1 or 2), with a Wilson interval.

    `stands_out` where the group's interval lies above the share of all others. Groups of fewer
    than ten rated visits are left out.
    """

    kind: str = Field(description="`wait`, `service` or `hour`")
    key: str
    words: Words
    n: int
    low: int
    low_share: float
    interval_low: float
    interval_high: float
    stands_out: bool


class LowRatingsView(View):
    """What goes with low ratings, from log facts alone; going with is not causing."""

    rated: int
    low: int
    words: Words
    groups: list[LowRatingGroup]


class SatisfactionView(View):
    """`GET /satisfaction`: a day by hours, or a month by days."""

    period: str
    index: SmileIndexView
    windows: list[SmileWindowView]
    points: list[TrendPoint]
    low_ratings: LowRatingsView
