"""Filings of a period at the kiosk, put together from the facts of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from queue_server.domain.dossier import Stage
from queue_server.use_cases.filing_measures import ORDER, Way
from queue_server.use_cases.reports.dossier_facts import FILED, SAVED, DossierFact

COUNTER = "counter"


@dataclass(slots=True)
class KnownWay(Way):
    """A filing with its last event, which opens what is behind a figure."""

    last: tuple[date, DossierFact] | None = None


def _came_to(stage: Stage) -> Callable[[Way], bool]:
    return lambda way: way.furthest >= ORDER.index(stage)


def _left_off_at(stage: Stage) -> Callable[[Way], bool]:
    """Nobody leaves off at the last stage: who came there has handed in."""
    return lambda way: way.furthest == ORDER.index(stage) < len(ORDER) - 1


FILING_SETS: dict[str, Callable[[Way], bool]] = {
    "filings_begun": lambda _: True,
    "filings_filed": lambda way: way.filed,
    "filings_alone": lambda way: way.filed and not way.helped,
    **{f"filings_at_{stage}": _came_to(stage) for stage in Stage},
    **{f"filings_left_at_{stage}": _left_off_at(stage) for stage in Stage},
}
"""Sets of filings by name; only a whole period knows them."""
FILING_DIMENSIONS = frozenset({"procedure"})


def filings_of(ways: Iterable[KnownWay], name: str, procedure: str) -> list[KnownWay]:
    """Those of a set, of one procedure where it is named."""
    return [w for w in ways if FILING_SETS[name](w) and procedure in {"", w.procedure}]


def ways_of(facts: Iterable[tuple[date, DossierFact]], first: date) -> list[KnownWay]:
    """The filings that were begun on `first` or later; `facts` are in order, from before it on."""
    found: dict[str, KnownWay] = {}
    began: dict[str, date] = {}
    for day, fact in facts:
        if fact.what not in {SAVED, FILED}:
            continue
        began.setdefault(fact.dossier, day)
        way = found.setdefault(fact.dossier, KnownWay(fact.procedure))
        way.last = (day, fact)
        way.helped = way.helped or fact.assisted or fact.channel == COUNTER
        if fact.what == FILED:
            way.filed = True
            way.reach(Stage.SUBMIT, fact.at)
        else:
            way.reach(Stage(fact.stage), fact.at)
    return [way for dossier, way in found.items() if began[dossier] >= first]
