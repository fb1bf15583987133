"""How far people come with a filing: begun, filed, without staff, where they leave off (R09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from queue_server.contracts.dossier_views import CompletionView, StageFigure
from queue_server.contracts.views import Words
from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import Stage
from queue_server.domain.events import Event

ORDER = list(Stage)


@dataclass(slots=True)
class _Way:
    """One filing: when it first reached each stage, and whether anybody helped."""

    procedure: str
    helped: bool = False
    filed: bool = False
    at: dict[Stage, datetime] = field(default_factory=dict)

    def reach(self, stage: Stage, at: datetime) -> None:
        self.at.setdefault(stage, at)

    @property
    def furthest(self) -> int:
        return max(map(ORDER.index, self.at), default=0)


def completion(events: Iterable[Event], names: dict[str, Words]) -> list[CompletionView]:
    """The figures of each procedure that was begun in these events, most begun first.

    What began before the first event is left out: half a way would count as a short one. A filing
    that skipped a stage counts as having been through it.
    """
    ways: dict[str, _Way] = {}
    for event in events:
        if isinstance(event, e.DossierSaved | e.DossierFiled):
            _follow(ways, event)
    by_procedure: dict[str, list[_Way]] = {}
    for way in ways.values():
        by_procedure.setdefault(way.procedure, []).append(way)
    made = [_view(code, names, those) for code, those in by_procedure.items()]
    return sorted(made, key=lambda view: (-view.begun, view.procedure))


def _follow(ways: dict[str, _Way], event: e.DossierSaved | e.DossierFiled) -> None:
    way = ways.setdefault(event.dossier, _Way(event.procedure))
    way.helped = way.helped or event.assistant is not None or event.channel == "counter"
    if isinstance(event, e.DossierFiled):
        way.filed = True
        way.reach(Stage.SUBMIT, event.at)
    else:
        way.reach(Stage(event.stage), event.at)


def _view(code: str, names: dict[str, Words], ways: list[_Way]) -> CompletionView:
    return CompletionView(
        procedure=code,
        procedure_name=names.get(code, Words(vi=code, en=code)),
        begun=len(ways),
        filed=sum(way.filed for way in ways),
        without_staff=sum(way.filed and not way.helped for way in ways),
        stages=[_stage(stage, ways) for stage in ORDER],
    )


def _stage(stage: Stage, ways: list[_Way]) -> StageFigure:
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


def _before(way: _Way, place: int) -> datetime | None:
    """When the stage before, or the last one before it that was seen, was reached."""
    earlier = [at for stage, at in way.at.items() if ORDER.index(stage) < place]
    return max(earlier, default=None)
