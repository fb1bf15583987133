"""The wait predictor of the server: the model where it is trusted, a formula until then and else.

Nobody who serves a citizen waits for it. The writer drops events into an inbox; whoever asks takes
them out, if no other thread does just then. A newcomer's forecast is made at that moment; when
tickets come faster than the model may cost, the line's last forecast is scaled to the new place.
The formula is queue length times the learned interval, and before that the mean service time.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, Protocol

from queue_server.adapters.formula_lines import BothLines, IntervalLines
from queue_server.adapters.office_events import Lines, OfficeEvents, minute_of
from queue_server.domain.events import Event
from queue_server.use_cases.ports import Forecast, ModelState, Standing, StoredEvent

log = logging.getLogger(__name__)

MODEL = "model"
NOT_READY = "the model is being loaded"
# Of the writer's time at most a thirtieth goes into forecasts, of a looker's a twenty-fifth.
WRITER_SHARE = 30
LOOKER_SHARE = 25
FRESH_MIN = 1 / 60
# In a rush a line's last forecast is scaled, if it is so young and the line not much longer.
SAME_MIN = 0.5
MOST_GROWN = 1.5


class Table(Protocol):
    """Forecasts of a line for each number of people ahead."""

    @property
    def at(self) -> float:
        """Minute of the day it was made for."""
        ...

    @property
    def before(self) -> int:
        """How many are ahead of a newcomer."""
        ...

    def forecast(self, ahead: int) -> tuple[float, float]:
        """P50 and P90 in minutes."""
        ...


Key = tuple[str, float]


class Engine(Protocol):
    """A trusted model with the lines it follows; `look` needs the lock, `ask` must not hold it."""

    def begin(self, day: date) -> Lines:
        """The lines of a new day."""
        ...

    def look(self, key: Key, at: float, *, whole: bool) -> Any:
        """What the model wants to know of a line."""
        ...

    def ask(self, looks: Sequence[Any]) -> Mapping[Key, Table]:
        """The model's answer."""
        ...

    def has_priority(self, service: str) -> bool:
        """Whether anybody with priority waits in this line."""
        ...

    def state(self) -> ModelState:
        """Which model this is."""
        ...


@dataclass(slots=True)
class _Following:
    """Formula, model and the events that both have taken."""

    minutes: dict[str, float]
    engine: Engine | None = None
    formula: IntervalLines = field(init=False)
    events: OfficeEvents = field(init=False)

    def __post_init__(self) -> None:
        self.formula = IntervalLines(self.minutes)
        self.events = OfficeEvents(self._begin)

    def _begin(self, day: date) -> Lines:
        self.formula = IntervalLines(self.minutes)
        if self.engine is None:
            return self.formula
        return BothLines((self.formula, self.engine.begin(day)))


class LivePredictor:
    """Answers from what the lines did today; `adopt` gives it a model and the day so far."""

    def __init__(
        self, minutes: dict[str, float], steady: Callable[[], float] = time.perf_counter
    ) -> None:
        self._minutes = minutes
        self._steady = steady
        self._following = _Following(minutes)
        self._state = ModelState(fault=NOT_READY)
        self._inbox: deque[StoredEvent] = deque()
        self._taken: list[StoredEvent] | None = None
        self._seq = 0
        self._lock = Lock()
        self._looking = Lock()
        self._newcomers: dict[Key, tuple[int, Table]] = {}
        self._tables: Mapping[Key, Table] = {}
        self._looked: tuple[int, float] = (-1, 0.0)
        self._next_newcomer_s = self._next_look_s = 0.0

    # -- the port ---------------------------------------------------------------------------

    def take(self, first_seq: int, events: Sequence[Event]) -> None:
        """These events were committed; they are followed when somebody asks."""
        self._inbox.extend(StoredEvent(seq, event) for seq, event in enumerate(events, first_seq))

    def forecast(self, standing: Standing) -> Forecast:
        """The wait of somebody who stands there."""
        key = (standing.service, 1.0 if standing.priority else 0.0)
        if standing.arriving:
            table = self._newcomer(key, standing)
            ahead = standing.of_class
            if table is not None and table[0] == self._seq:
                # Who has a number but not yet the slip stands in the line too.
                ahead = max(ahead, table[1].before)
            found = table[1] if table is not None else None
        else:
            found, ahead = self._tables.get(key), standing.of_class
        if found is None or self._following.engine is None:
            return self._following.formula.forecast(standing)
        return Forecast(*found.forecast(ahead), MODEL)

    def refresh(self, at: datetime) -> None:
        """Bring the forecasts of all lines up to now, unless that was done a moment ago."""
        with self._looking:
            minute, began = minute_of(at), self._steady()
            newest = self._inbox[-1].seq if self._inbox else self._seq
            seen_seq, seen_minute = self._looked
            fresh = newest == seen_seq and abs(minute - seen_minute) < FRESH_MIN
            if fresh or began < self._next_look_s:
                return
            try:
                with self._lock:
                    engine, seq = self._drain(), self._seq
                    looks = self._looks(engine, at) if engine is not None else []
            except Exception as fault:  # noqa: BLE001 - see `_failed`
                self._failed(fault)
                return
            if engine is not None and looks:
                self._tables = self._ask(engine, looks)
            self._looked = (seq, minute)
            done = self._steady()
            self._next_look_s = done + LOOKER_SHARE * (done - began)

    def state(self) -> ModelState:
        """Which model answers now."""
        return self._state

    # -- for whoever loads models -----------------------------------------------------------

    def keep_events(self) -> None:
        """From now on remember what is taken, until `adopt`."""
        with self._lock:
            self._taken = []

    def adopt(self, engine: Engine, earlier: Iterable[StoredEvent]) -> None:
        """Follow with this model from now on; `earlier` are today's events as stored."""
        following, last = _Following(self._minutes, engine), 0
        for stored in earlier:
            following.events.take(stored.event)
            last = stored.seq
        with self._lock:
            for stored in self._taken or ():
                if stored.seq > last:
                    following.events.take(stored.event)
            self._taken = None
            self._seq = max(self._seq, last)
            while self._inbox and self._inbox[0].seq <= last:
                self._inbox.popleft()
            self._following = following
            self._newcomers, self._tables = {}, {}
            self._looked, self._next_look_s = (-1, 0.0), 0.0
        self._state = engine.state()

    def renew(self, change: Callable[[], None]) -> None:
        """Change the model's parts between two looks."""
        with self._lock:
            change()
            self._newcomers = {}
            self._looked, self._next_look_s = (-1, 0.0), 0.0
            engine = self._following.engine
        if engine is not None:
            self._state = engine.state()

    def refuse(self, fault: str) -> None:
        """There is no model to be trusted: formulas answer, and this is why."""
        with self._lock:
            self._following.engine = None
            self._newcomers, self._tables = {}, {}
        self._state = ModelState(fault=fault)

    # -- within -----------------------------------------------------------------------------

    def _newcomer(self, key: Key, standing: Standing) -> tuple[int, Table] | None:
        began, minute = self._steady(), minute_of(standing.counts_from)
        known = self._newcomers.get(key)
        if known is not None and began < self._next_newcomer_s:
            table = known[1]
            grown = (standing.of_class + 1) / (table.before + 1)
            if grown <= MOST_GROWN and abs(minute - table.at) < SAME_MIN:
                return known
        if not self._lock.acquire(blocking=False):
            return known
        try:
            engine = self._drain()
            looks = [engine.look(key, minute, whole=False)] if engine is not None else []
        except Exception as fault:  # noqa: BLE001 - see `_failed`
            self._failed(fault)
            return None
        finally:
            self._lock.release()
        found = self._ask(engine, looks) if engine is not None else {}
        if not found:
            return None
        known = self._newcomers[key] = (self._seq, found[key])
        done = self._steady()
        self._next_newcomer_s = done + WRITER_SHARE * (done - began)
        return known

    def _ask(self, engine: Engine, looks: Sequence[Any]) -> Mapping[Key, Table]:
        try:
            return engine.ask(looks)
        except Exception as fault:  # noqa: BLE001 - see `_failed`
            self._failed(fault)
            return {}

    def _failed(self, fault: Exception) -> None:
        """A citizen shall get a number whatever a model does."""
        log.error("the waiting-time model failed; formulas answer", exc_info=fault)
        self._following.engine = None
        self._newcomers, self._tables = {}, {}
        self._state = ModelState(fault=f"the model failed: {type(fault).__name__}")

    def _looks(self, engine: Engine, at: datetime) -> list[Any]:
        events, looks = self._following.events, []
        for service in events.office.services if events.office else ():
            minute = events.counts_from(service, at)
            looks.append(engine.look((service, 0.0), minute, whole=True))
            if engine.has_priority(service):
                looks.append(engine.look((service, 1.0), minute, whole=True))
        return looks

    def _drain(self) -> Engine | None:
        """Follow what was committed; the model, once it has a day to look at."""
        take, kept = self._following.events.take, self._taken
        while self._inbox:
            stored = self._inbox.popleft()
            take(stored.event)
            self._seq = stored.seq
            if kept is not None:
                kept.append(stored)
        following = self._following
        return following.engine if following.events.office is not None else None
