"""How far people come with a filing: begun, filed, without staff, where they leave off (R09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from threading import Lock

from queue_server.contracts.dossier_views import CompletionView, StageFigure
from queue_server.contracts.manager_views import FilingsView
from queue_server.contracts.views import Words
from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import Stage
from queue_server.domain.events import Event
from queue_server.domain.office import working_day
from queue_server.domain.office_day import OfficeDay
from queue_server.use_cases.keep_day import Commit

ORDER = list(Stage)
Step = e.DossierSaved | e.DossierFiled


@dataclass(slots=True)
class Way:
    """One filing: when it first reached each stage, and whether anybody helped."""

    procedure: str
    helped: bool = False
    filed: bool = False
    at: dict[Stage, datetime] = field(default_factory=dict)

    def reach(self, stage: Stage, at: datetime) -> None:
        """It was there at this moment; only the first time counts."""
        self.at.setdefault(stage, at)

    def take(self, event: Step) -> None:
        """Follow what happened to it."""
        self.helped = self.helped or event.assistant is not None or event.channel == "counter"
        if isinstance(event, e.DossierFiled):
            self.filed = True
            self.reach(Stage.SUBMIT, event.at)
        else:
            self.reach(Stage(event.stage), event.at)

    @property
    def begun_on(self) -> date:
        """The working day of its first answer."""
        return working_day(min(self.at.values()))

    @property
    def furthest(self) -> int:
        """The place of the last stage that it reached."""
        return max(map(ORDER.index, self.at), default=0)


def completion(
    events: Iterable[Event], names: Mapping[str, Words], first: date | None = None
) -> list[CompletionView]:
    """The figures of each procedure that was begun in these events, most begun first.

    What was begun before `first` is left out: its events are only there to know that it was. A
    filing that skipped a stage counts as having been through it.
    """
    ways: dict[str, Way] = {}
    for event in events:
        if isinstance(event, Step):
            ways.setdefault(event.dossier, Way(event.procedure)).take(event)
    return by_procedure((w for w in ways.values() if first is None or w.begun_on >= first), names)


def by_procedure(ways: Iterable[Way], names: Mapping[str, Words]) -> list[CompletionView]:
    """The figures of each procedure, most begun first."""
    found: dict[str, list[Way]] = {}
    for way in ways:
        found.setdefault(way.procedure, []).append(way)
    made = [_view(code, names, those) for code, those in found.items()]
    return sorted(made, key=lambda view: (-view.begun, view.procedure))


def stages_of(ways: Iterable[Way]) -> list[StageFigure]:
    """How many came to each stage, and the median time since the one before."""
    those = list(ways)
    return [_stage(stage, those) for stage in ORDER]


class FilingsToday:
    """The filings that were begun today, kept up to date with each commit; any thread may ask."""

    def __init__(self, names: Mapping[str, Words]) -> None:
        self._names = names
        self._day: date | None = None
        self._ways: dict[str, Way] = {}
        self._lock = Lock()

    def start(self, day: OfficeDay, events: Iterable[Event]) -> None:
        """Begin with a day that has been going on, after a restart."""
        self._follow(day, events)

    def take(self, commit: Commit) -> None:
        """Follow a commit, in the writer's thread."""
        self._follow(commit.day, commit.changes.events)

    def view(self) -> FilingsView | None:
        """The figures; None where nobody has begun anything today."""
        with self._lock:
            ways = list(self._ways.values())
            stages, procedures = stages_of(ways), by_procedure(ways, self._names)
        if not ways:
            return None
        return FilingsView(
            begun=len(ways),
            filed=sum(way.filed for way in ways),
            without_staff=sum(way.filed and not way.helped for way in ways),
            stages=stages,
            procedures=procedures,
        )

    def _follow(self, day: OfficeDay, events: Iterable[Event]) -> None:
        with self._lock:
            if self._day != day.day:
                self._day, self._ways = day.day, {}
            for event in events:
                if isinstance(event, Step) and _is_of_today(day, event):
                    self._ways.setdefault(event.dossier, Way(event.procedure)).take(event)


def _is_of_today(day: OfficeDay, event: Step) -> bool:
    """A draft of another day that is continued today counts there."""
    dossier = day.shelf.dossiers.get(event.dossier)
    return working_day(dossier.started_at if dossier is not None else event.at) == day.day


def _view(code: str, names: Mapping[str, Words], ways: list[Way]) -> CompletionView:
    return CompletionView(
        procedure=code,
        procedure_name=names.get(code, Words(vi=code, en=code)),
        begun=len(ways),
        filed=sum(way.filed for way in ways),
        without_staff=sum(way.filed and not way.helped for way in ways),
        stages=stages_of(ways),
    )


def _stage(stage: Stage, ways: list[Way]) -> StageFigure:
    place = ORDER.index(stage)
    reached = [way for way in ways if way.furthest >= place]
    took = [
        (way.at[stage] - before).total_seconds()
        for way in reached
        if stage in way.at and (before := _before(way, place)) is not None
    ]
    return StageFigure(
        stage=stage.value, reached=len(reached), median_s=median(took) if took else None
    )


def _before(way: Way, place: int) -> datetime | None:
    """When the stage before, or the last one before it that was seen, was reached."""
    earlier = [at for stage, at in way.at.items() if ORDER.index(stage) < place]
    return max(earlier, default=None)
