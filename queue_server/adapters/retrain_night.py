"""A night's contest for an office: its stored days, an own model, and a record of what was decided.

Every night leaves one line in `record.jsonl`, also when nothing could be tried: which models, on
which days, how far each was off, and why the one or the other answers now.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from edge_models.wait.build import LIMITS
from edge_models.wait.grown import OWN, export_grown
from edge_models.wait.retrain import Contest, Past, Tried, contest
from edge_models.wait.training import TooFewTickets, Trainer
from queue_server.adapters.line_forecasts import DayLesson, Learned
from queue_server.adapters.night_record import FOLDER, RECORD
from queue_server.adapters.own_days import STORE, LivedDay, lived_days
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.wait_models import WaitModels

MOST_DAYS = 90
MOST_TICKETS = 100_000


@dataclass(frozen=True, slots=True)
class Night:
    """What one night decided; `new` and `now` are errors in minutes on the held-out days."""

    at: str
    answers: str
    switched: bool
    why: str
    trained_until: str | None = None
    tickets: int = 0
    held_out: tuple[str, ...] = ()
    tried: int = 0
    now: dict[str, float] | None = None
    new: dict[str, float] | None = None


@dataclass(slots=True)
class Retraining:
    """Of the office in a data folder; `progress` is told the days lived and the trees grown."""

    data: Path
    progress: Callable[[str, int], None] = lambda _what, _done: None

    def run(self, until: date, at: datetime) -> Night:
        """Hold the contest on the days before `until`, switch if it is won, and record it.

        Raises:
            StoreUnavailable: the store cannot be read.
            UntrustedModel: not even the shipped model can be trusted.
            OSError: the new model or the record cannot be written.
        """
        models = WaitModels(self.data)
        chosen = models.load()
        try:
            base = models.shipped()
            found = contest(self._past(until), base, chosen.model, Trainer(OWN, self.progress))
        except TooFewTickets as few:
            night = Night(at.isoformat(), chosen.name, switched=False, why=str(few))
        else:
            night = self._decide(found, models, chosen.name, at)
        _note(self.data, night)
        return night

    def _past(self, until: date) -> Past:
        days = [day for day in SqliteReader(self.data / STORE).days() if day < until]
        lessons: list[DayLesson] = []

        def keep(lived: LivedDay) -> None:
            if len(lived.log):
                lessons.append(lived.lesson)
            self.progress("days", len(lessons))

        lived_days(self.data, Learned(), days[-MOST_DAYS:], keep)
        while sum(len(one.wait) for one in lessons) > MOST_TICKETS:
            lessons.pop(0)
        if not lessons:
            raise TooFewTickets("no day to learn from yet")
        return Past(
            np.concatenate([one.rows for one in lessons]),
            np.concatenate([one.wait for one in lessons]),
            np.concatenate([np.full(len(one.wait), one.day) for one in lessons]),
            np.concatenate([one.service for one in lessons]),
        )

    def _decide(self, found: Contest, models: WaitModels, active: str, at: datetime) -> Night:
        night = Night(
            at=at.isoformat(),
            answers=active,
            switched=False,
            why="not clearly better on the held-out days",
            trained_until=_day(found.trained_until),
            tickets=found.tickets,
            held_out=tuple(_day(day) for day in found.held_out.tolist()),
            tried=found.tried,
            now=_errors(found.now),
            new=_errors(found.new),
        )
        if not found.better:
            return night
        folder = models.new_folder(at)
        export_grown(found.own, found.probe, folder, _facts(night))
        models.activate(folder, found.new.correction)
        better = "better on the held-out days"
        return replace(night, answers=folder.name, switched=True, why=better)


def _facts(night: Night) -> dict[str, object]:
    """For the cards of an own model."""
    return {
        "licence": "the first trees are the shipped model's, Apache-2.0; the others the office's",
        "data": ["the office's own log"],
        "tickets": night.tickets,
        "split": "learned until trained_until, measured on the days held_out",
        "trained_until": night.trained_until,
        "held_out": night.held_out,
        "tried": night.tried,
        "errors": night.new,
        "errors_of_the_model_before": night.now,
        "limits": LIMITS[1:2] + LIMITS[3:],
        "recipe": asdict(OWN),
        "trained_on": [],
    }


def note_rollback(data: Path, at: datetime, name: str) -> None:
    """Somebody went back to the model before.

    Raises:
        OSError: the record cannot be written.
    """
    _note(data, Night(at.isoformat(), name, switched=True, why="rolled back by hand"))


def _note(data: Path, night: Night) -> None:
    path = data / FOLDER / RECORD
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(night), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _errors(tried: Tried) -> dict[str, float]:
    return {"mae_min": round(tried.mae, 4), "pinball_90_min": round(tried.pinball_90, 4)}


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
