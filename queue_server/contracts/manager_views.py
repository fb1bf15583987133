"""What only the manager's board shows beside the board: the day's course, alerts, ratings, asks.

None of this goes over MQTT: it may hold citizens' own words.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from queue_server.contracts.dossier_views import CompletionView, StageFigure
from queue_server.contracts.planning_views import AdviceView
from queue_server.contracts.satisfaction_views import SmileShare
from queue_server.contracts.views import BoardView, View, Words

AlertKind = Literal[
    "passed", "will_pass", "no_counter", "low_rating", "complaint_late", "complaint_today"
]


class CourseSlot(View):
    """A quarter of an hour; waits in minutes of those who were called in it, None without any.

    `expected`, `low` and `high` are the arrivals that the demand forecast gave in the morning.
    """

    at: datetime
    arrived: int
    called: int
    mean_wait_min: float | None
    p90_wait_min: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


class DayCourse(View):
    """The course of the day; `demand_words` says what was expected, None without a forecast."""

    slot_min: int
    slots: list[CourseSlot]
    opens_at: datetime
    closes_at: datetime
    demand_words: Words | None = None


class LineFigures(View):
    """More of one service today: the ticket that waits longest, and both targets."""

    service: str
    oldest_number: str | None
    p50_wait_min: float | None
    p90_wait_min: float | None
    over_good_share: float | None
    over_limit_share: float | None


class AskOffer(View):
    """A paused or closed counter that serves the line and can be asked to open."""

    counter: int
    name: Words
    state: str


class Alert(View):
    """Something to act on. `at` is when the limit will be passed, or when it happened.

    `minutes` is how long the oldest has waited, `waiting` how many wait; `number`, `score`,
    `reasons` and `comment` belong to a low rating. Of complaints, `waiting` says how many are
    overdue, or have a deadline today.
    """

    kind: AlertKind
    service: str | None
    at: datetime
    minutes: float | None = None
    waiting: int = 0
    offers: list[AskOffer] = Field(default_factory=list)
    number: str | None = None
    counter: int | None = None
    score: int | None = None
    reasons: list[str] = Field(default_factory=list)
    comment: str = ""


class CounterAsk(View):
    """A counter that was asked to open for a service, and whether its clerk said no."""

    counter: int
    service: str
    at: datetime
    declined_at: datetime | None


class Satisfaction(View):
    """Three separate numbers, never mixed; shares 0..1, None while nothing stands behind them.

    `rated_good` of `rated` citizens gave 4 or 5; `rated` of `finished` answered. `index54` is the
    metric of decision 766: 1 less the share of finished visits with a dislike (1 or 2) or a
    complaint, less the share of overdue dossiers, `index54_overdue`, where there are any. `smile`
    is None where no camera says anything; `smile_words` must stand beside it.
    """

    finished: int
    rated: int
    rated_good: int
    rated_low: int
    good_share: float | None
    response_rate: float | None
    index54: float | None
    index54_points: float | None = Field(description="Of at most 6")
    index54_overdue: float | None = None
    dossiers: int = 0
    dossiers_overdue: int = 0
    complaints: int = 0
    smile: SmileShare | None = None
    smile_words: Words | None = None


class FilingsView(View):
    """Filings that were begun today: how many came to each stage, in all and by procedure.

    `without_staff` counts those handed in by citizens whom nobody helped.
    """

    begun: int
    filed: int
    without_staff: int
    stages: list[StageFigure]
    procedures: list[CompletionView]


class ManagerBoardView(BoardView):
    """`GET /board` and each `/board/stream` message."""

    course: DayCourse
    lines: list[LineFigures]
    alerts: list[Alert]
    asks: list[CounterAsk]
    satisfaction: Satisfaction
    filings: FilingsView | None = None
    staffing: AdviceView | None = None
    no_staffing: Words | None = None
