"""What the server answers and shows: tickets, counters, the board, the display."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class View(BaseModel):
    """Read-only answer; new fields may be added, none is removed within `/api/v1`."""

    model_config = ConfigDict(frozen=True)


class Words(View):
    """One text in both languages."""

    vi: str
    en: str


class ForecastView(View):
    """What is said to a waiting citizen: minutes until the first call, and on what basis."""

    p50_min: float
    p90_min: float
    basis: str
    basis_words: Words | None = None


class TicketIssued(View):
    """Answer to `POST /tickets`."""

    id: str
    number: str
    service: str
    ahead: int
    forecast: ForecastView | None
    issued_at: datetime
    follow_url: str
    state: str


class TicketView(View):
    """One ticket as staff see it."""

    id: str
    number: str
    service: str
    day: str
    state: str
    priority: str
    channel: str
    language: str
    procedures: list[str]
    dossiers: int
    papers: list[int] | None = Field(
        default=None,
        description="Places, from 0, of the first procedure's papers the citizen says to have",
    )
    counter: int | None
    issued_at: datetime
    called_first_at: datetime | None
    called_last_at: datetime | None
    recalls: int
    started_at: datetime | None
    finished_at: datetime | None
    held_until: datetime | None
    appointment_at: datetime | None
    outcome: str | None
    version: int
    allowed: list[str]


class LeaseView(View):
    """A leased block of numbers, both ends included, and all that a slip needs besides.

    The numbers hold on `day` only; people read one as `letter` and at least `digits` digits. The
    follow page of a ticket is `follow_base` with its follow code.
    """

    service: str
    day: date
    letter: str
    digits: int
    first: int
    last: int
    follow_base: str


class SignedIn(View):
    """Who is signed in, and as what."""

    id: str
    role: str
    counter: int | None = None


class HistoryEntry(View):
    """One thing that happened to a ticket."""

    seq: int
    at: datetime
    kind: str
    counter: int | None
    words: Words
    note: str | None = None


class WhyView(View):
    """Why a ticket was called when it was."""

    number: str
    reason: str
    words: Words


class FollowView(View):
    """What the holder of a slip may see on a phone: no personal data."""

    number: str
    service: Words
    office: Words
    state: str
    ahead: int | None
    forecast: ForecastView | None
    counter: int | None
    counter_name: Words | None
    recalls: int
    allowed: list[str] = Field(description="cancel, late, rate: what would not be refused now")
    late_left_min: int = Field(description="By how much the place may still be moved back")
    score: int | None
    reasons: list[str] = Field(description="What a rating may be about")
    at: datetime
    seq: int
    training: bool = False
    language: str = Field("vi", description="In which the ticket was taken: vi, en or km")


class RatingsView(View):
    """`GET /ratings`: what citizens said on one day. `by_score` counts 1 to 5, in order."""

    day: str
    finished: int
    rated: int
    by_score: list[int]
    reasons: dict[str, int]


class CounterView(View):
    """One counter and the citizen in front of it."""

    number: int
    name: Words
    state: str
    services: list[str]
    version: int
    ticket: TicketView | None
    held: list[str]
    waiting: int


class ServiceView(View):
    """One service on offer."""

    id: str
    letter: str
    name: Words
    waiting: int
    forecast: ForecastView | None
    counters_open: int


class BoardOffice(View):
    """Whose board this is; `training` says that its people are not real."""

    id: str
    name: Words
    training: bool = False


class BoardTargets(View):
    """Limits in minutes: at or under `good` is on target, above `limit` is over."""

    good_min: float
    limit_min: float


class BoardToday(View):
    """The whole office today; minutes, shares 0..1; None while nobody has been called."""

    waiting: int
    called: int
    finished: int
    no_shows: int
    mean_wait_min: float | None
    p50_wait_min: float | None
    p90_wait_min: float | None
    longest_wait_min: float | None
    over_good_share: float | None
    over_limit_share: float | None


class BoardService(View):
    """One waiting line; `oldest_since` is when the longest-waiting citizen's wait began."""

    id: str
    letter: str
    name: Words
    waiting: int
    oldest_since: datetime | None
    called: int
    mean_wait_min: float | None
    longest_wait_min: float | None
    counters_open: int
    forecast: ForecastView | None


class BoardCounter(View):
    """One counter on the board: state of the counter, number and state of its ticket.

    `help_since` is when its clerk asked a colleague over; None while nobody is asked.
    """

    number: int
    name: Words
    state: str
    ticket: str | None
    ticket_state: str | None
    service: str | None
    since: datetime | None
    help_since: datetime | None = None


class BoardCall(View):
    """A call for the public: newest first.

    `speech` is what the announcer says, for one that did not hear the call itself.
    """

    seq: int
    number: str
    counter: int
    counter_name: Words
    service: str
    at: datetime
    recall: bool
    language: str = "vi"
    speech: Words | None = None


class BoardDevice(View):
    """One device and whether it can be relied on now; `detail` is what it says is wrong with it.

    `printer` is `ready` or the fault of its printer: `paper_out`, `cover_open`, `offline`,
    `silent`, `jam`.
    """

    id: str
    role: str
    online: bool
    paper: str | None
    seen_at: datetime | None
    detail: str | None = None
    printer: str | None = None


class ForecastScoreView(View):
    """How good the forecasts given at issue were, over `n` people who have been called since.

    Minutes; `bias_min` is forecast minus wait, so above zero people were told too much;
    `coverage_90` is the share of waits within the P90, nine in ten when it is honest.
    """

    n: int
    mae_min: float
    bias_min: float
    coverage_90: float


class BoardForecasts(View):
    """The system's own forecasts: who makes them, and how good they were today.

    `model` and `model_sha256` are None when a formula answers; `fault` then says why.
    """

    today: ForecastScoreView | None = None
    model: str | None = None
    model_sha256: str | None = None
    learned_until: str | None = None
    fault: str | None = None


class DayForecastScore(View):
    """The score of one day, whole and by basis."""

    day: str
    score: ForecastScoreView
    by_basis: dict[str, ForecastScoreView]


class ForecastsView(View):
    """`GET /forecasts`: today so far, the days before, and who makes the forecasts."""

    now: BoardForecasts
    today: DayForecastScore | None
    days: list[DayForecastScore]


class BoardView(View):
    """`GET /board`, each `/board/stream` message and the retained MQTT board."""

    seq: int
    at: datetime
    day: str
    office: BoardOffice
    targets: BoardTargets
    today: BoardToday
    services: list[BoardService]
    counters: list[BoardCounter]
    calls: list[BoardCall]
    devices: list[BoardDevice]
    forecasts: BoardForecasts | None = None


class DisplayView(View):
    """`/display/stream`: what the public sees; no device names, no clerk facts."""

    seq: int
    at: datetime
    office: BoardOffice
    services: list[BoardService]
    calls: list[BoardCall]
    notice: Words | None
