"""The model's forecasts for whole lines: features at some places, all places in between.

The features of a newcomer are exact, as in training. Of the people already waiting only some
places are computed; between two of them the features lie on a line, as nearly all of them do by
their meaning (turns times a pace). So 256 waiting people cost some fifty looks at the lines.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints
from edge_models.wait.conformal import Conformal, Places
from edge_models.wait.features import PLACE, features
from edge_models.wait.memory import DAYS_KEPT, OfficeMemory
from edge_models.wait.metrics import Forecasts
from edge_models.wait.model import WaitModel
from edge_models.wait.office_now import OfficeNow
from edge_models.wait.own_lines import OwnLines
from edge_models.wait.replay import Matrix
from queue_server.use_cases.ports import ModelState

Key = tuple[str, float]
# Of longer lines only so many places are forecast; the rest is interpolated in minutes.
MOST_PLACES = 64
STEP = 3


@dataclass(slots=True)
class ServiceNumbers:
    """The models know a service by a number, which it keeps for ever."""

    names: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the known ones."""
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def of(self, service: str) -> int:
        """The number of a service, a new one if need be."""
        number = self._numbers.get(service)
        if number is None:
            number = self._numbers[service] = len(self.names)
            self.names.append(service)
        return number


@dataclass(frozen=True, slots=True)
class DayLesson:
    """The called tickets of a past day: features at arrival, minutes waited, number of the line."""

    day: int
    rows: Matrix
    wait: Floats
    service: Ints


@dataclass(slots=True)
class Learned:
    """What the office's own days taught: its lines, and how far the model's P90 is off.

    `own` is drawn from the lessons in `days`.
    """

    services: ServiceNumbers = field(default_factory=ServiceNumbers)
    memory: OfficeMemory = field(default_factory=OfficeMemory)
    conformal: Conformal = field(default_factory=Conformal)
    own: OwnLines = field(default_factory=OwnLines)
    days: deque[DayLesson] = field(default_factory=lambda: deque(maxlen=DAYS_KEPT))
    until: date | None = None
    model_sha256: str = ""


@dataclass(frozen=True, slots=True)
class LineTable:
    """Minutes for each number of people ahead; `before` is how many are ahead of a newcomer."""

    at: float
    before: int
    p50: list[float]
    p90: list[float]

    def forecast(self, ahead: int) -> tuple[float, float]:
        """P50 and P90; beyond the last place in proportion to the turns."""
        last = len(self.p50) - 1
        if ahead <= last:
            return self.p50[ahead], self.p90[ahead]
        grow = (ahead + 1) / (last + 1)
        return self.p50[last] * grow, self.p90[last] * grow


@dataclass(frozen=True, slots=True)
class Draft:
    """The features of a line at some places, before the model saw them."""

    key: Key
    at: float
    before: int
    places: list[int]
    rows: Floats


@dataclass(slots=True)
class NamedLines:
    """`OfficeNow` with services by name."""

    now: OfficeNow
    services: ServiceNumbers

    def arrive(self, ticket: Hashable, service: str, at: float, priority: float) -> None:
        """Somebody joins a line."""
        self.now.arrive(ticket, self.services.of(service), at, priority)

    def call(self, ticket: Hashable, service: str, at: float, counter: int) -> None:
        """Somebody is called to a counter."""
        self.now.call(ticket, self.services.of(service), at, counter)

    def finish(self, ticket: Hashable, service: str, at: float) -> None:
        """Somebody leaves the line, or the counter."""
        self.now.finish(ticket, self.services.of(service), at)

    def open_counters(self, service: str, number: int) -> None:
        """So many counters serve this line now."""
        self.now.open_counters(self.services.of(service), number)

    def row(self, service: str, at: float, priority: float) -> list[float]:
        """The features of a newcomer."""
        return features(self.now, self.services.of(service), at, priority)

    def has_priority(self, service: str) -> bool:
        """Whether anybody with priority waits in this line."""
        line = self.now.line(self.services.of(service))
        return any(count for cls, count in line.by_priority.items() if cls > 0)


def draft(lines: NamedLines, key: Key, at: float, *, whole: bool) -> Draft:
    """Look at a line: the newcomer's place, and with `whole` everybody's. Needs the lock."""
    service, priority = key
    number = lines.services.of(service)
    newcomer = features(lines.now, number, at, priority)
    before = int(newcomer[PLACE["ahead"]])
    places = _places(before) if whole else []
    rows = [features(lines.now, number, at, priority, place) for place in places]
    return Draft(key, at, before, [*places, before], np.array([*rows, newcomer]))


def _places(before: int) -> list[int]:
    places, place = [0], 1
    while place < before:
        places.append(place)
        place *= STEP
    return places if before else []


def tables(drafts: Sequence[Draft], model: WaitModel, known: Learned) -> dict[Key, LineTable]:
    """Ask the model once about all lines; the office's correction moves the P90."""
    spread = [_spread(each) for each in drafts]
    ahead = np.concatenate([wanted for wanted, _ in spread])
    rows = np.concatenate([rows for _, rows in spread])
    line = np.concatenate(
        [
            np.full(len(wanted), known.services.of(d.key[0]), dtype=np.int64)
            for d, (wanted, _) in zip(drafts, spread, strict=True)
        ]
    )
    said = blended(model, known, rows, line)
    minute = np.concatenate(
        [np.full(len(wanted), d.at) for d, (wanted, _) in zip(drafts, spread, strict=True)]
    )
    stand = Places(np.zeros(len(ahead), dtype=np.int64), ahead, minute)
    p50 = np.maximum(said.p50, 0.0)
    p90 = known.conformal.correct(stand, said.p90, p50)
    ends = np.cumsum([len(wanted) for wanted, _ in spread]).tolist()
    return {
        each.key: _table(each, ahead[first:end], p50[first:end], p90[first:end])
        for each, (first, end) in zip(drafts, pairwise([0, *ends]), strict=True)
    }


def blended(model: WaitModel, known: Learned, rows: Matrix, line: Ints) -> Forecasts:
    """The model drawn towards the lines' own habits, before the correction of the P90."""
    given = rows.astype(np.float32).astype(np.float64)
    return known.own.blend(model.predict(given), given, line)


def _spread(each: Draft) -> tuple[Floats, Floats]:
    """The features of every place, or of the most that are asked, from those computed."""
    places = np.array(each.places, dtype=np.float64)
    if len(places) == 1 or each.before < STEP:
        return places, each.rows
    wanted = np.unique(np.linspace(0, each.before, min(each.before + 1, MOST_PLACES)).round())
    left = np.clip(np.searchsorted(places, wanted, side="right") - 1, 0, len(places) - 2)
    share = ((wanted - places[left]) / (places[left + 1] - places[left]))[:, None]
    first, second = each.rows[left], each.rows[left + 1]
    between = np.where(
        share == 0, first, np.where(share == 1, second, first + share * (second - first))
    )
    return wanted, between


def _table(each: Draft, ahead: Floats, p50: Floats, p90: Floats) -> LineTable:
    if len(ahead) == each.before + 1:
        return LineTable(each.at, each.before, p50.tolist(), p90.tolist())
    every = np.arange(each.before + 1)
    if len(ahead) == 1:
        # Only the newcomer was asked for: who stands before waits in proportion.
        share = (every + 1) / (each.before + 1)
        return LineTable(each.at, each.before, (share * p50).tolist(), (share * p90).tolist())
    middle, bound = (np.interp(every, ahead, values) for values in (p50, p90))
    return LineTable(each.at, each.before, middle.tolist(), bound.tolist())


class ModelEngine:
    """The model of an office with the lines of its day; `learned` may be renewed at night."""

    def __init__(self, model: WaitModel, learned: Learned, state: ModelState) -> None:
        self._lines: NamedLines | None = None
        self.use(model, learned, state)

    def use(self, model: WaitModel, learned: Learned, state: ModelState) -> None:
        """From now on this model and what was learned; needs the lock."""
        self._model, self._learned, self._state = model, learned, state
        if self._lines is not None:
            self._lines.now.memory = learned.memory

    def begin(self, day: date) -> NamedLines:
        """The lines of a new day."""
        now = OfficeNow(self._learned.memory, day.weekday())
        self._lines = NamedLines(now, self._learned.services)
        return self._lines

    def look(self, key: Key, at: float, *, whole: bool) -> Draft:
        """What the model wants to know of a line."""
        if self._lines is None:
            raise LookupError("no day has begun")
        return draft(self._lines, key, at, whole=whole)

    def ask(self, looks: Sequence[Draft]) -> dict[Key, LineTable]:
        """The model's answer."""
        return tables(looks, self._model, self._learned)

    def has_priority(self, service: str) -> bool:
        """Whether anybody with priority waits in this line."""
        return self._lines is not None and self._lines.has_priority(service)

    def state(self) -> ModelState:
        """Which model this is, and until when it learned from this office."""
        return self._state
