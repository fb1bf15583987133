"""A past day played again from its events: the board as it stood at the end of each minute."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.planning_views import PlanningView
from queue_server.domain import events as e
from queue_server.domain.happening import apply
from queue_server.domain.office import ZONE, Office, working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.use_cases.board import Board, Targets
from queue_server.use_cases.filing_measures import FilingsToday
from queue_server.use_cases.forecasting import Forecaster
from queue_server.use_cases.keep_day import Commit
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.manager_board import ManagerBoard
from queue_server.use_cases.overdue_now import nobody_knows
from queue_server.use_cases.ports import Forecast, ModelState, Standing, StoredEvent
from queue_server.use_cases.smile_index import SmileIndex

MINUTE = timedelta(minutes=1)
NOTHING_SAID = Forecast(0.0, 0.0, "none")
FACTS = frozenset({"passed", "no_counter", "low_rating"})


@dataclass(frozen=True, slots=True)
class PlayedDay:
    """The boards of a day by minute of the day, each as packed JSON; minutes without a gap."""

    day: date
    first: int
    boards: tuple[bytes, ...]
    made_up: bool = False

    @property
    def last(self) -> int:
        """The last minute."""
        return self.first + len(self.boards) - 1

    def board(self, minute: int) -> bytes:
        """The JSON of the board at the end of a minute; outside the day, of its nearest minute."""
        place = min(max(minute, self.first), self.last) - self.first
        return zlib.decompress(self.boards[place])


class NothingToReplay(Exception):  # noqa: N818 - a refusal
    """Nothing happened on that day."""


def play_day(day: date, stored: Iterable[StoredEvent], targets: Targets) -> PlayedDay:
    """Play all events of a day.

    Forecasts, alerts that rest on them and advice are left out: what they were at that moment was
    not kept, and today's model would say something else.

    Raises:
        NothingToReplay: the day has no events, or no configuration among them.
    """
    events = list(stored)
    office = next((s.event.office for s in events if isinstance(s.event, e.OfficeConfigured)), None)
    if office is None:
        raise NothingToReplay(day.isoformat())
    stage = _Stage(day, office, targets)
    worked = [_minute_of(day, s.event.at) for s in events if _is_work(day, s.event)]
    if not worked:
        raise NothingToReplay(day.isoformat())
    first = minute = worked[0]
    boards = []
    for one in events:
        while minute < min(_minute_of(day, one.event.at), worked[-1]):
            boards.append(stage.picture(minute))
            minute += 1
        if _minute_of(day, one.event.at) > worked[-1]:
            break  # what closed the day, often only on the next morning
        stage.take(one)
    boards.append(stage.picture(minute))
    return PlayedDay(day, first, tuple(boards), any(_marks_made_up(s.event) for s in events))


def _marks_made_up(event: e.Event) -> bool:
    return isinstance(event, SettingsChanged) and event.marks_made_up


def _is_work(day: date, event: e.Event) -> bool:
    """Whether somebody came or worked; the day is opened at midnight and closed the day after."""
    worked = isinstance(event, e.TicketEvent | e.CounterEvent)
    return worked and not isinstance(event, e.TicketExpired) and working_day(event.at) == day


class _Stage:
    """The live office of that day, fed by its events instead of a writer."""

    def __init__(self, day: date, office: Office, targets: Targets) -> None:
        self._day = OfficeDay(office, day)
        self._live = LiveOffice(office, _Silent())
        self._live.start(OfficeDay(office, day), 0)
        self._smiles = SmileIndex()
        self._filings = FilingsToday({})
        forecaster = _NoForecasts(_Silent())
        self._board = ManagerBoard(
            board=Board(self._live, forecaster, targets),
            live=self._live,
            forecaster=forecaster,
            targets=targets,
            ratings=_NoRatings(),
            planning=_NoPlanning(targets.good_min),
            smiles=self._smiles,
            filings=self._filings,
            overdue=nobody_knows,
        )

    def take(self, stored: StoredEvent) -> None:
        apply(stored.event, self._day)
        changes = self._day.take_changes()
        changes.events.append(stored.event)
        commit = Commit(self._day, changes, stored.seq)
        self._live.take(commit)
        self._smiles.take(commit)
        self._filings.take(commit)

    def picture(self, minute: int) -> bytes:
        at = datetime.combine(self._day.day, datetime.min.time(), ZONE) + (minute + 1) * MINUTE
        view = self._board.view(at, [])
        return zlib.compress(_without_forecasts(view).model_dump_json().encode(), 1)


def _without_forecasts(view: ManagerBoardView) -> ManagerBoardView:
    # An event has its services by their ids, which nobody sees: people know the lines by letter.
    lines = sorted(view.services, key=lambda one: one.letter)
    return view.model_copy(
        update={
            "services": [one.model_copy(update={"forecast": None}) for one in lines],
            "alerts": [one for one in view.alerts if one.kind in FACTS],
            "forecasts": None,
        }
    )


def _minute_of(day: date, at: datetime) -> int:
    midnight = datetime.combine(day, datetime.min.time(), ZONE)
    return int((at - midnight) / MINUTE)


class _NoForecasts(Forecaster):
    """Says nothing of any line, and so looks at none: a day has some six hundred boards."""

    def of_ticket(self, *_about: object, **_how: object) -> Forecast:
        """Nothing."""
        return NOTHING_SAID

    def of_newcomer(self, *_about: object) -> Forecast:
        """Nothing."""
        return NOTHING_SAID


class _Silent:
    """A predictor that nobody listens to."""

    def forecast(self, standing: Standing) -> Forecast:  # noqa: ARG002 - the port's
        return NOTHING_SAID

    def take(self, first_seq: int, events: Sequence[e.Event]) -> None: ...

    def refresh(self, at: datetime) -> None: ...

    def state(self) -> ModelState:
        return ModelState()


class _NoRatings:
    """The words of that day come with its events."""

    def ratings(self, day: date) -> Sequence[e.TicketRated]:  # noqa: ARG002 - the port's
        return ()


@dataclass(frozen=True, slots=True)
class _NoPlanning:
    """What was planned on that day was not kept."""

    target_min: float

    def view(self, at: datetime) -> PlanningView:
        return PlanningView(
            at=at, target_min=self.target_min, demand=None, first=[], advice=None, no_advice=None
        )

    def advise(self, at: datetime) -> None: ...
